<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
    <context>
        <name>About</name>
        <message>
            <source>Danqing 丹青</source>
            <translation>丹青 Danqing</translation>
        </message>
        <message>
            <source>Version {version}</source>
            <translation>版本 {version}</translation>
        </message>
        <message>
            <source>A studio in which one paints, edits and generates on one canvas, offline.</source>
            <translation>在同一张画布上绘画、修图、生成的工作室，无需联网。</translation>
        </message>
        <message>
            <source>Apache License 2.0. Icons: Lucide (ISC).</source>
            <translation>Apache License 2.0。图标：Lucide（ISC）。</translation>
        </message>
    </context>
    <context>
        <name>Canvas</name>
        <message>
            <source>Canvas</source>
            <translation>画布</translation>
        </message>
    </context>
    <context>
        <name>ColourPanel</name>
        <message>
            <source>Used colour {colour}</source>
            <translation>用过的颜色 {colour}</translation>
        </message>
        <message>
            <source>Colours that were used</source>
            <translation>用过的颜色</translation>
        </message>
    </context>
    <context>
        <name>ColourWheel</name>
        <message>
            <source>Colour wheel</source>
            <translation>色轮</translation>
        </message>
        <message>
            <source>Foreground colour</source>
            <translation>前景色</translation>
        </message>
        <message>
            <source>Background colour</source>
            <translation>背景色</translation>
        </message>
        <message>
            <source>Swap colours</source>
            <translation>交换颜色</translation>
        </message>
        <message>
            <source>Reset colours</source>
            <translation>默认颜色</translation>
        </message>
        <message>
            <source>Colour as hexadecimal number</source>
            <translation>十六进制颜色值</translation>
        </message>
    </context>
    <context>
        <name>Dialog</name>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
    </context>
    <context>
        <name>Docks</name>
        <message>
            <source>Float or dock</source>
            <translation>浮动或停放</translation>
        </message>
        <message>
            <source>Close panel</source>
            <translation>关闭面板</translation>
        </message>
        <message>
            <source>Panels</source>
            <translation>面板</translation>
        </message>
        <message>
            <source>Float “{name}”</source>
            <translation>浮动“{name}”</translation>
        </message>
        <message>
            <source>Close “{name}”</source>
            <translation>关闭“{name}”</translation>
        </message>
    </context>
    <context>
        <name>ExplorePanel</name>
        <message>
            <source>{layer}: variation {number} of {count}</source>
            <translation>{layer}：第 {number} / {count} 个变体</translation>
        </message>
        <message>
            <source>{model}: for the next pictures</source>
            <translation>{model}：用于接下来的图片</translation>
        </message>
        <message>
            <source>New seed, sliders by chance</source>
            <translation>新种子，滑块随机</translation>
        </message>
        <message>
            <source>Every slider to its middle</source>
            <translation>所有滑块回到中间</translation>
        </message>
        <message>
            <source>A model's directions stand here: season, mist, height … Import or train a model first.</source>
            <translation>这里显示模型的方向：季节、雾气、山势……请先导入或训练一个模型。</translation>
        </message>
        <message>
            <source>Import model…</source>
            <translation>导入模型…</translation>
        </message>
    </context>
    <context>
        <name>Export</name>
        <message>
            <source>Export</source>
            <translation>导出</translation>
        </message>
        <message>
            <source>Format</source>
            <translation>格式</translation>
        </message>
        <message>
            <source>As the picture</source>
            <translation>与图片相同</translation>
        </message>
        <message>
            <source>8 bit</source>
            <translation>8 位</translation>
        </message>
        <message>
            <source>16 bit</source>
            <translation>16 位</translation>
        </message>
        <message>
            <source>Bits per channel</source>
            <translation>每通道位数</translation>
        </message>
        <message>
            <source>Quality</source>
            <translation>品质</translation>
        </message>
        <message>
            <source>Lossless</source>
            <translation>无损</translation>
        </message>
        <message>
            <source>Keep the picture's</source>
            <translation>保留图片原有的</translation>
        </message>
        <message>
            <source>Convert to sRGB</source>
            <translation>转换为 sRGB</translation>
        </message>
        <message>
            <source>Colour profile</source>
            <translation>配置文件</translation>
        </message>
        <message>
            <source>Keep photo information (EXIF)</source>
            <translation>保留拍摄信息（EXIF）</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>导出…</translation>
        </message>
        <message>
            <source>JPEG has no transparency: white shows through.</source>
            <translation>JPEG 没有透明：透明处显示为白色。</translation>
        </message>
        <message>
            <source>Keeps layers for Krita, GIMP and MyPaint; filter layers become pixels.</source>
            <translation>为 Krita、GIMP 和 MyPaint 保留图层；滤镜图层会变成像素。</translation>
        </message>
        <message>
            <source>Export as {name}</source>
            <translation>导出为 {name}</translation>
        </message>
    </context>
    <context>
        <name>Files</name>
        <message>
            <source>Pictures and projects</source>
            <translation>图片与项目</translation>
        </message>
        <message>
            <source>All files</source>
            <translation>所有文件</translation>
        </message>
        <message>
            <source>Save as</source>
            <translation>另存为</translation>
        </message>
        <message>
            <source>Danqing project</source>
            <translation>丹青项目</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>打开</translation>
        </message>
        <message>
            <source>Import model</source>
            <translation>导入模型</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>模型</translation>
        </message>
    </context>
    <context>
        <name>FiltersPanel</name>
        <message>
            <source>{filter}: new filter layer</source>
            <translation>{filter}：新建滤镜图层</translation>
        </message>
        <message>
            <source>{filter}: apply to the layer</source>
            <translation>{filter}：应用到图层</translation>
        </message>
        <message>
            <source>computing</source>
            <translation>计算中</translation>
        </message>
        <message>
            <source>An older result is shown until this one is ready</source>
            <translation>完成之前显示上一次的结果</translation>
        </message>
        <message>
            <source>As a layer it stays open to change</source>
            <translation>作为图层，以后仍可修改</translation>
        </message>
    </context>
    <context>
        <name>GeneratePanel</name>
        <message>
            <source>{name}: drag, Shift slows, Ctrl takes whole steps, the name resets</source>
            <translation>{name}：拖动调整，按住 Shift 微调，按住 Ctrl 取整，单击名称复位</translation>
        </message>
        <message>
            <source>Variety</source>
            <translation>多样性</translation>
        </message>
        <message>
            <source>Variety (truncation ψ): 0 is typical, 1 is everything</source>
            <translation>多样性（截断 ψ）：0 最典型，1 最多样</translation>
        </message>
        <message>
            <source>To canvas</source>
            <translation>按画布</translation>
        </message>
        <message>
            <source>Native size</source>
            <translation>原始尺寸</translation>
        </message>
        <message>
            <source>model missing · Locate…</source>
            <translation>模型缺失 · 定位…</translation>
        </message>
        <message>
            <source>generated · {number} of {count}</source>
            <translation>生成 · 第 {number} / {count} 张</translation>
        </message>
        <message>
            <source>{model} (layer)</source>
            <translation>{model}（图层）</translation>
        </message>
        <message>
            <source>The model of this layer is missing. Locate its file.</source>
            <translation>此图层的模型缺失。请定位它的文件。</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>种子</translation>
        </message>
        <message>
            <source>Make</source>
            <translation>数量</translation>
        </message>
        <message>
            <source>How many pictures</source>
            <translation>生成几张</translation>
        </message>
        <message>
            <source>Size of the pictures</source>
            <translation>图片的尺寸</translation>
        </message>
        <message>
            <source>More ways to generate</source>
            <translation>更多生成方式</translation>
        </message>
        <message>
            <source>There is no model yet. Train one on a folder of pictures, or import one.</source>
            <translation>还没有模型。可以训练或导入一个。</translation>
        </message>
        <message>
            <source>Import model…</source>
            <translation>导入模型…</translation>
        </message>
        <message>
            <source>1 picture</source>
            <translation>1 张</translation>
        </message>
        <message>
            <source>{count} pictures</source>
            <translation>{count} 张</translation>
        </message>
        <message>
            <source>≈ {seconds} s</source>
            <translation>≈ {seconds} 秒</translation>
        </message>
        <message>
            <source>built in</source>
            <translation>内置</translation>
        </message>
        <message>
            <source>yours</source>
            <translation>我的</translation>
        </message>
        <message>
            <source>about {seconds} s</source>
            <translation>约 {seconds} 秒</translation>
        </message>
        <message>
            <source>No models yet.</source>
            <translation>还没有模型。</translation>
        </message>
        <message>
            <source>Train on a folder…</source>
            <translation>用文件夹训练…</translation>
        </message>
        <message>
            <source>step {step}</source>
            <translation>第 {step} 步</translation>
        </message>
    </context>
    <context>
        <name>HistoryPanel</name>
        <message>
            <source>Steps of this picture</source>
            <translation>这张图片的步骤</translation>
        </message>
        <message>
            <source>Click a step to go there (Ctrl+Z goes back)</source>
            <translation>单击步骤即可回到那里（Ctrl+Z 撤销）</translation>
        </message>
        <message>
            <source>Each step of a picture appears here.</source>
            <translation>图片的每一步都会显示在这里。</translation>
        </message>
    </context>
    <context>
        <name>JobsPanel</name>
        <message>
            <source>Stop: {job}</source>
            <translation>停止：{job}</translation>
        </message>
        <message>
            <source>running</source>
            <translation>进行中</translation>
        </message>
        <message>
            <source>Nothing runs. What takes longer appears here.</source>
            <translation>没有任务。耗时的任务会列在这里。</translation>
        </message>
    </context>
    <context>
        <name>LayersPanel</name>
        <message>
            <source>model missing · Locate…</source>
            <translation>模型缺失 · 定位…</translation>
        </message>
        <message>
            <source>generated · {number} of {count}</source>
            <translation>生成 · 第 {number} / {count} 张</translation>
        </message>
        <message>
            <source>filter layer</source>
            <translation>滤镜图层</translation>
        </message>
        <message>
            <source>from a newer version</source>
            <translation>来自更新的版本</translation>
        </message>
        <message>
            <source>clipped</source>
            <translation>已剪贴</translation>
        </message>
        <message>
            <source>hidden</source>
            <translation>已隐藏</translation>
        </message>
        <message>
            <source>Show or hide; drag over several, Alt+click shows it alone</source>
            <translation>显示或隐藏；可拖过多个，Alt 加单击只显示它</translation>
        </message>
        <message>
            <source>Lock everything</source>
            <translation>全部锁定</translation>
        </message>
        <message>
            <source>Lock alpha</source>
            <translation>锁定透明像素</translation>
        </message>
        <message>
            <source>Lock position</source>
            <translation>锁定位置</translation>
        </message>
        <message>
            <source>Layers</source>
            <translation>图层</translation>
        </message>
        <message>
            <source>Blend mode</source>
            <translation>混合模式</translation>
        </message>
        <message>
            <source>Opacity</source>
            <translation>不透明度</translation>
        </message>
        <message>
            <source>Opacity of the layer</source>
            <translation>图层的不透明度</translation>
        </message>
        <message>
            <source>Locks of the layer</source>
            <translation>图层的锁定</translation>
        </message>
        <message>
            <source>The layers of a picture stand here. Start one, or open one.</source>
            <translation>这里显示图层。新建或打开一张图片。</translation>
        </message>
    </context>
    <context>
        <name>NewPicture</name>
        <message>
            <source>Square 2048</source>
            <translation>方形 2048</translation>
        </message>
        <message>
            <source>A4</source>
            <translation>A4</translation>
        </message>
        <message>
            <source>A4 landscape</source>
            <translation>A4 横向</translation>
        </message>
        <message>
            <source>A5</source>
            <translation>A5</translation>
        </message>
        <message>
            <source>B5</source>
            <translation>B5</translation>
        </message>
        <message>
            <source>Full HD</source>
            <translation>全高清</translation>
        </message>
        <message>
            <source>Xiaohongshu</source>
            <translation>小红书</translation>
        </message>
        <message>
            <source>Douyin</source>
            <translation>抖音</translation>
        </message>
        <message>
            <source>Bilibili cover</source>
            <translation>B 站封面</translation>
        </message>
        <message>
            <source>WeChat article cover</source>
            <translation>公众号封面</translation>
        </message>
        <message>
            <source>New picture</source>
            <translation>新建图片</translation>
        </message>
        <message>
            <source>Preset</source>
            <translation>预设</translation>
        </message>
        <message>
            <source>Width</source>
            <translation>宽度</translation>
        </message>
        <message>
            <source>Height</source>
            <translation>高度</translation>
        </message>
        <message>
            <source>Unit</source>
            <translation>单位</translation>
        </message>
        <message>
            <source>Pixels per inch</source>
            <translation>每英寸像素</translation>
        </message>
        <message>
            <source>White</source>
            <translation>白色</translation>
        </message>
        <message>
            <source>Mid grey</source>
            <translation>中灰</translation>
        </message>
        <message>
            <source>Black</source>
            <translation>黑色</translation>
        </message>
        <message>
            <source>Transparent</source>
            <translation>透明</translation>
        </message>
        <message>
            <source>Background</source>
            <translation>背景</translation>
        </message>
        <message>
            <source>Create</source>
            <translation>新建</translation>
        </message>
        <message>
            <source>As last time</source>
            <translation>上次的尺寸</translation>
        </message>
        <message>
            <source>Size of the clipboard</source>
            <translation>剪贴板的尺寸</translation>
        </message>
        <message>
            <source>{width} × {height} pixels, {millions} megapixels</source>
            <translation>{width} × {height} 像素，{millions} 百万像素</translation>
        </message>
        <message>
            <source>Too large: at most {side} pixels a side and {millions} megapixels.</source>
            <translation>太大：每边最多 {side} 像素，总共 {millions} 百万像素。</translation>
        </message>
        <message>
            <source>Width, height and resolution are numbers above 0.</source>
            <translation>宽度、高度和分辨率须为大于 0 的数。</translation>
        </message>
    </context>
    <context>
        <name>NoticeCard</name>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Show details</source>
            <translation>显示详情</translation>
        </message>
        <message>
            <source>Hide details</source>
            <translation>收起详情</translation>
        </message>
    </context>
    <context>
        <name>Options</name>
        <message>
            <source>Drag moves the layer, arrow keys by one pixel, Shift by ten</source>
            <translation>拖动移动图层，方向键移动 1 像素，按住 Shift 移动 10 像素</translation>
        </message>
        <message>
            <source>Press to take a colour from the picture</source>
            <translation>在图片上按下即可取色</translation>
        </message>
        <message>
            <source>Drag moves the view; Space does it with any tool</source>
            <translation>拖动平移视图；使用任何工具时都可按空格键</translation>
        </message>
        <message>
            <source>Click zooms in, Alt+click zooms out, dragging does both</source>
            <translation>单击放大，Alt 加单击缩小，也可拖动缩放</translation>
        </message>
        <message>
            <source>Options of the tool</source>
            <translation>工具选项</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>大小</translation>
        </message>
        <message>
            <source>Hardness</source>
            <translation>硬度</translation>
        </message>
        <message>
            <source>Opacity</source>
            <translation>不透明度</translation>
        </message>
        <message>
            <source>Flow</source>
            <translation>流量</translation>
        </message>
        <message>
            <source>Smoothing</source>
            <translation>平滑</translation>
        </message>
        <message>
            <source>Judge colours on neutral grey</source>
            <translation>在中性灰上评色</translation>
        </message>
    </context>
    <context>
        <name>Palette</name>
        <message>
            <source>Command palette</source>
            <translation>命令面板</translation>
        </message>
        <message>
            <source>What do you want to do?</source>
            <translation>想做什么？</translation>
        </message>
        <message>
            <source>Found</source>
            <translation>找到的命令</translation>
        </message>
        <message>
            <source>Nothing found. Try a word from another program.</source>
            <translation>没有找到。可以试试其他软件里的叫法。</translation>
        </message>
    </context>
    <context>
        <name>Recovery</name>
        <message>
            <source>Pictures from last time</source>
            <translation>上次未保存的图片</translation>
        </message>
        <message>
            <source>They were open and not saved. Nothing is lost: choose one to go on.</source>
            <translation>它们上次打开着，还没有保存。什么都没丢：选一张继续。</translation>
        </message>
        <message>
            <source>Every picture is saved or open. There is nothing to restore.</source>
            <translation>所有图片都已保存或正打开，没有需要恢复的。</translation>
        </message>
        <message>
            <source>Later</source>
            <translation>以后再说</translation>
        </message>
        <message>
            <source>Restore all</source>
            <translation>全部恢复</translation>
        </message>
        <message>
            <source>Delete…</source>
            <translation>删除…</translation>
        </message>
        <message>
            <source>Delete “{title}”</source>
            <translation>删除“{title}”</translation>
        </message>
        <message>
            <source>“{title}” is nowhere else. Deleted, it is gone for good.</source>
            <translation>“{title}”没有别的副本，删除后无法找回。</translation>
        </message>
        <message>
            <source>Delete for good</source>
            <translation>永久删除</translation>
        </message>
        <message>
            <source>Keep it</source>
            <translation>保留</translation>
        </message>
        <message>
            <source>Delete this picture?</source>
            <translation>删除这张图片？</translation>
        </message>
    </context>
    <context>
        <name>ResultsPanel</name>
        <message>
            <source>Export this one…</source>
            <translation>导出这一张…</translation>
        </message>
        <message>
            <source>Star</source>
            <translation>收藏</translation>
        </message>
        <message>
            <source>As a layer of its own</source>
            <translation>作为单独的图层</translation>
        </message>
        <message>
            <source>Keep its seed</source>
            <translation>保留它的种子</translation>
        </message>
        <message>
            <source>Drop</source>
            <translation>丢弃</translation>
        </message>
        <message>
            <source>Restore the last dropped ({count})</source>
            <translation>恢复最近丢弃的（{count}）</translation>
        </message>
        <message>
            <source>Variation {number}, seed {seed}</source>
            <translation>变体 {number}，种子 {seed}</translation>
        </message>
        <message>
            <source>Forming</source>
            <translation>生成中</translation>
        </message>
        <message>
            <source>seed {seed}</source>
            <translation>种子 {seed}</translation>
        </message>
        <message>
            <source>Results</source>
            <translation>结果</translation>
        </message>
        <message>
            <source>Pictures you make appear here. Press Generate (Ctrl+Enter).</source>
            <translation>生成的图片显示在这里。按“生成”（Ctrl+Enter）。</translation>
        </message>
        <message>
            <source>Show before, while held</source>
            <translation>按住查看之前</translation>
        </message>
        <message>
            <source>Show the variation before this, while held</source>
            <translation>按住查看上一个变体</translation>
        </message>
        <message>
            <source>Fold or unfold the results</source>
            <translation>折叠或展开结果</translation>
        </message>
    </context>
    <context>
        <name>SeedRow</name>
        <message>
            <source>Another seed</source>
            <translation>换一个种子</translation>
        </message>
        <message>
            <source>Keep this seed</source>
            <translation>固定种子</translation>
        </message>
    </context>
    <context>
        <name>Settings</name>
        <message>
            <source>Settings</source>
            <translation>设置</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>语言</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>主题</translation>
        </message>
        <message>
            <source>Around the picture</source>
            <translation>图片周围</translation>
        </message>
        <message>
            <source>Compute models on</source>
            <translation>模型运行于</translation>
        </message>
        <message>
            <source>Memory for undo</source>
            <translation>撤销所用内存</translation>
        </message>
        <message>
            <source>Memory for views</source>
            <translation>视图所用内存</translation>
        </message>
        <message>
            <source>Shortcuts…</source>
            <translation>快捷键…</translation>
        </message>
        <message>
            <source>Everything is kept at once and stays on this computer.</source>
            <translation>设置立即生效，只保存在本机。</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>跟随系统</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>深色</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>浅色</translation>
        </message>
        <message>
            <source>High contrast</source>
            <translation>高对比度</translation>
        </message>
        <message>
            <source>As the theme</source>
            <translation>跟随主题</translation>
        </message>
        <message>
            <source>Black</source>
            <translation>黑色</translation>
        </message>
        <message>
            <source>Dark grey</source>
            <translation>深灰</translation>
        </message>
        <message>
            <source>Mid grey</source>
            <translation>中灰</translation>
        </message>
        <message>
            <source>Light grey</source>
            <translation>浅灰</translation>
        </message>
        <message>
            <source>The fastest there is</source>
            <translation>最快的设备</translation>
        </message>
        <message>
            <source>Processor</source>
            <translation>处理器</translation>
        </message>
        <message>
            <source>Graphics card (CUDA, ROCm)</source>
            <translation>显卡（CUDA、ROCm）</translation>
        </message>
        <message>
            <source>Graphics card (Intel)</source>
            <translation>显卡（Intel）</translation>
        </message>
        <message>
            <source>Graphics card (Apple)</source>
            <translation>显卡（Apple）</translation>
        </message>
    </context>
    <context>
        <name>Shortcuts</name>
        <message>
            <source>Shortcuts</source>
            <translation>快捷键</translation>
        </message>
        <message>
            <source>Find an action</source>
            <translation>查找操作</translation>
        </message>
        <message>
            <source>Usual keys</source>
            <translation>恢复默认</translation>
        </message>
        <message>
            <source>All as usual</source>
            <translation>全部恢复默认</translation>
        </message>
        <message>
            <source>Actions and their keys</source>
            <translation>操作及其快捷键</translation>
        </message>
        <message>
            <source>Press the new keys</source>
            <translation>按下新的快捷键</translation>
        </message>
        <message>
            <source>Taken from “{action}”.</source>
            <translation>已从“{action}”移来。</translation>
        </message>
    </context>
    <context>
        <name>StartPage</name>
        <message>
            <source>Draw</source>
            <translation>直接画</translation>
        </message>
        <message>
            <source>Touch the paper: your first stroke starts a picture.</source>
            <translation>在纸上落笔：第一笔就开始一张新画。</translation>
        </message>
        <message>
            <source>not saved · {moment}</source>
            <translation>未保存 · {moment}</translation>
        </message>
        <message>
            <source>Generate your first picture</source>
            <translation>生成第一张图片</translation>
        </message>
        <message>
            <source>with the model that comes along</source>
            <translation>使用内置模型</translation>
        </message>
        <message>
            <source>New picture</source>
            <translation>新建图片</translation>
        </message>
        <message>
            <source>in pixels, millimetres or for a platform</source>
            <translation>按像素、毫米或平台尺寸</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>打开</translation>
        </message>
        <message>
            <source>or drop a picture on the window</source>
            <translation>或把图片拖到窗口里</translation>
        </message>
        <message>
            <source>Danqing</source>
            <translation>丹青</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>开始</translation>
        </message>
        <message>
            <source>Recent</source>
            <translation>最近打开</translation>
        </message>
        <message>
            <source>Your pictures will be here.</source>
            <translation>你的图片会出现在这里。</translation>
        </message>
        <message>
            <source>Switch language</source>
            <translation>切换语言</translation>
        </message>
        <message>
            <source>Dark or light</source>
            <translation>深色或浅色</translation>
        </message>
    </context>
    <context>
        <name>StatusBar</name>
        <message>
            <source>Status</source>
            <translation>状态</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>缩放</translation>
        </message>
        <message>
            <source>Zoom: fit in window, actual pixels</source>
            <translation>缩放：适合窗口、实际像素</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>进度</translation>
        </message>
        <message>
            <source>Pause the training</source>
            <translation>暂停训练</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Show everything that runs</source>
            <translation>显示正在进行的任务</translation>
        </message>
        <message>
            <source>Switch language</source>
            <translation>切换语言</translation>
        </message>
        <message>
            <source>{hours} h left</source>
            <translation>剩余 {hours} 小时</translation>
        </message>
        <message>
            <source>{minutes} min left</source>
            <translation>剩余 {minutes} 分钟</translation>
        </message>
        <message>
            <source>{seconds} s left</source>
            <translation>剩余 {seconds} 秒</translation>
        </message>
        <message>
            <source>16-bit float</source>
            <translation>16 位浮点</translation>
        </message>
        <message>
            <source>32-bit float</source>
            <translation>32 位浮点</translation>
        </message>
    </context>
    <context>
        <name>TrainingPanel</name>
        <message>
            <source>10 min</source>
            <translation>10 分钟</translation>
        </message>
        <message>
            <source>1 hour</source>
            <translation>1 小时</translation>
        </message>
        <message>
            <source>the night</source>
            <translation>一夜</translation>
        </message>
        <message>
            <source>as the recipe says</source>
            <translation>按配方</translation>
        </message>
        <message>
            <source>Folder of pictures</source>
            <translation>图片文件夹</translation>
        </message>
        <message>
            <source>This installation has no engine, so nothing can be trained.</source>
            <translation>此安装没有引擎，无法训练。</translation>
        </message>
        <message>
            <source>No training recipe was found. Install Danqing again.</source>
            <translation>没有找到训练配方。请重新安装丹青。</translation>
        </message>
        <message>
            <source>Choose a folder of your pictures first.</source>
            <translation>请先选择一个图片文件夹。</translation>
        </message>
        <message>
            <source>At least {count} pictures are needed in the folder.</source>
            <translation>文件夹中至少需要 {count} 张图片。</translation>
        </message>
        <message>
            <source>Choose a folder of pictures…</source>
            <translation>选择图片文件夹…</translation>
        </message>
        <message>
            <source>or drop it here; it is only read</source>
            <translation>或拖到这里；只读取，不改动</translation>
        </message>
        <message>
            <source>{count} pictures</source>
            <translation>{count} 张</translation>
        </message>
        <message>
            <source>Stop training</source>
            <translation>停止训练</translation>
        </message>
        <message>
            <source>Start training</source>
            <translation>开始训练</translation>
        </message>
        <message>
            <source>What the model learns shows here.</source>
            <translation>模型学到的内容会显示在这里。</translation>
        </message>
        <message>
            <source>“{name}” pauses</source>
            <translation>“{name}”已暂停</translation>
        </message>
        <message>
            <source>“{name}” learns</source>
            <translation>“{name}”学习中</translation>
        </message>
        <message>
            <source>“{name}” rests at step {step}</source>
            <translation>“{name}”停在第 {step} 步</translation>
        </message>
        <message>
            <source>Recipe</source>
            <translation>配方</translation>
        </message>
        <message>
            <source>I have</source>
            <translation>我有</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>步数</translation>
        </message>
        <message>
            <source>What kind of model, and how large</source>
            <translation>模型的类型和大小</translation>
        </message>
        <message>
            <source>About how long the run may take on this computer</source>
            <translation>在这台电脑上大约可以用多长时间</translation>
        </message>
        <message>
            <source>How many steps the run has</source>
            <translation>训练共有多少步</translation>
        </message>
        <message>
            <source>Pause or resume</source>
            <translation>暂停或继续</translation>
        </message>
        <message>
            <source>Use this model</source>
            <translation>使用此模型</translation>
        </message>
        <message>
            <source>Generate with the newest checkpoint</source>
            <translation>用最新的存档点生成</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>继续</translation>
        </message>
        <message>
            <source>Goes on from the newest checkpoint</source>
            <translation>从最新的存档点继续</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>损失</translation>
        </message>
        <message>
            <source>Sample pictures</source>
            <translation>样图</translation>
        </message>
        <message>
            <source>step {step} of {total}</source>
            <translation>第 {step} / {total} 步</translation>
        </message>
        <message>
            <source>loss</source>
            <translation>损失</translation>
        </message>
        <message>
            <source>generator</source>
            <translation>生成器</translation>
        </message>
        <message>
            <source>lead</source>
            <translation>领先</translation>
        </message>
        <message>
            <source>difference</source>
            <translation>差异</translation>
        </message>
    </context>
    <context>
        <name>Window</name>
        <message>
            <source>Danqing</source>
            <translation>丹青</translation>
        </message>
        <message>
            <source>Open pictures</source>
            <translation>打开的图片</translation>
        </message>
        <message>
            <source>Menu</source>
            <translation>菜单</translation>
        </message>
        <message>
            <source>Paint</source>
            <translation>绘画</translation>
        </message>
        <message>
            <source>Generate</source>
            <translation>生成</translation>
        </message>
        <message>
            <source>Train</source>
            <translation>训练</translation>
        </message>
        <message>
            <source>Workspace {name}</source>
            <translation>{name}工作区</translation>
        </message>
        <message>
            <source>Tools</source>
            <translation>工具</translation>
        </message>
        <message>
            <source>Foreground colour</source>
            <translation>前景色</translation>
        </message>
        <message>
            <source>Background colour</source>
            <translation>背景色</translation>
        </message>
        <message>
            <source>Swap colours</source>
            <translation>交换颜色</translation>
        </message>
        <message>
            <source>Tab brings the panels back</source>
            <translation>按 Tab 键恢复面板</translation>
        </message>
    </context>
    <context>
        <name>actions</name>
        <message>
            <source>New…</source>
            <translation>新建…</translation>
        </message>
        <message>
            <source>Open…</source>
            <translation>打开…</translation>
        </message>
        <message>
            <source>Unsaved pictures…</source>
            <translation>未保存的图片…</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>保存</translation>
        </message>
        <message>
            <source>Save as…</source>
            <translation>另存为…</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>导出…</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Open anyway</source>
            <translation>仍然打开</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>退出</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>重做</translation>
        </message>
        <message>
            <source>Swap colours</source>
            <translation>交换颜色</translation>
        </message>
        <message>
            <source>Reset colours</source>
            <translation>默认颜色</translation>
        </message>
        <message>
            <source>Settings…</source>
            <translation>设置…</translation>
        </message>
        <message>
            <source>Shortcuts…</source>
            <translation>快捷键…</translation>
        </message>
        <message>
            <source>Command palette…</source>
            <translation>命令面板…</translation>
        </message>
        <message>
            <source>New paint layer</source>
            <translation>新建绘画图层</translation>
        </message>
        <message>
            <source>New group</source>
            <translation>新建图层组</translation>
        </message>
        <message>
            <source>Group layer</source>
            <translation>图层编组</translation>
        </message>
        <message>
            <source>Add layer mask</source>
            <translation>添加图层蒙版</translation>
        </message>
        <message>
            <source>Clipping mask</source>
            <translation>剪贴蒙版</translation>
        </message>
        <message>
            <source>Duplicate layer</source>
            <translation>复制图层</translation>
        </message>
        <message>
            <source>Delete layer</source>
            <translation>删除图层</translation>
        </message>
        <message>
            <source>Move layer up</source>
            <translation>上移图层</translation>
        </message>
        <message>
            <source>Move layer down</source>
            <translation>下移图层</translation>
        </message>
        <message>
            <source>Show layer</source>
            <translation>显示图层</translation>
        </message>
        <message>
            <source>Select all</source>
            <translation>全选</translation>
        </message>
        <message>
            <source>Deselect</source>
            <translation>取消选择</translation>
        </message>
        <message>
            <source>Generate</source>
            <translation>生成</translation>
        </message>
        <message>
            <source>Generate as new layer</source>
            <translation>生成为新图层</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Stop everything</source>
            <translation>全部停止</translation>
        </message>
        <message>
            <source>Surprise me</source>
            <translation>随机试试</translation>
        </message>
        <message>
            <source>Sliders to zero</source>
            <translation>滑块归零</translation>
        </message>
        <message>
            <source>Previous variation</source>
            <translation>上一个变体</translation>
        </message>
        <message>
            <source>Next variation</source>
            <translation>下一个变体</translation>
        </message>
        <message>
            <source>Train on a folder…</source>
            <translation>用文件夹训练…</translation>
        </message>
        <message>
            <source>Import model…</source>
            <translation>导入模型…</translation>
        </message>
        <message>
            <source>Fit in window</source>
            <translation>适合窗口</translation>
        </message>
        <message>
            <source>Actual pixels</source>
            <translation>实际像素</translation>
        </message>
        <message>
            <source>Zoom in</source>
            <translation>放大视图</translation>
        </message>
        <message>
            <source>Zoom out</source>
            <translation>缩小视图</translation>
        </message>
        <message>
            <source>Rotate view left</source>
            <translation>向左旋转视图</translation>
        </message>
        <message>
            <source>Rotate view right</source>
            <translation>向右旋转视图</translation>
        </message>
        <message>
            <source>Reset view rotation</source>
            <translation>复位视图旋转</translation>
        </message>
        <message>
            <source>Show before (hold)</source>
            <translation>查看之前（按住）</translation>
        </message>
        <message>
            <source>Judge colours</source>
            <translation>评色</translation>
        </message>
        <message>
            <source>Hide panels</source>
            <translation>隐藏面板</translation>
        </message>
        <message>
            <source>Full screen</source>
            <translation>全屏</translation>
        </message>
        <message>
            <source>Paint workspace</source>
            <translation>绘画工作区</translation>
        </message>
        <message>
            <source>Generate workspace</source>
            <translation>生成工作区</translation>
        </message>
        <message>
            <source>Train workspace</source>
            <translation>训练工作区</translation>
        </message>
        <message>
            <source>Reset workspace</source>
            <translation>复位工作区</translation>
        </message>
        <message>
            <source>Next region</source>
            <translation>下一区域</translation>
        </message>
        <message>
            <source>Switch language</source>
            <translation>切换语言</translation>
        </message>
        <message>
            <source>Start page</source>
            <translation>开始页</translation>
        </message>
        <message>
            <source>About Danqing</source>
            <translation>关于丹青</translation>
        </message>
        <message>
            <source>Move</source>
            <translation>移动</translation>
        </message>
        <message>
            <source>Picker</source>
            <translation>吸管</translation>
        </message>
        <message>
            <source>Ink brush</source>
            <translation>水墨画笔</translation>
        </message>
        <message>
            <source>Soft brush</source>
            <translation>柔边画笔</translation>
        </message>
        <message>
            <source>Eraser</source>
            <translation>橡皮擦</translation>
        </message>
        <message>
            <source>Hand</source>
            <translation>抓手</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>缩放</translation>
        </message>
        <message>
            <source>Smaller brush</source>
            <translation>缩小画笔</translation>
        </message>
        <message>
            <source>Larger brush</source>
            <translation>放大画笔</translation>
        </message>
    </context>
    <context>
        <name>blend</name>
        <message>
            <source>Normal</source>
            <translation>正常</translation>
        </message>
        <message>
            <source>Dissolve</source>
            <translation>溶解</translation>
        </message>
        <message>
            <source>Darken</source>
            <translation>变暗</translation>
        </message>
        <message>
            <source>Multiply</source>
            <translation>正片叠底</translation>
        </message>
        <message>
            <source>Color burn</source>
            <translation>颜色加深</translation>
        </message>
        <message>
            <source>Linear burn</source>
            <translation>线性加深</translation>
        </message>
        <message>
            <source>Darker color</source>
            <translation>深色</translation>
        </message>
        <message>
            <source>Lighten</source>
            <translation>变亮</translation>
        </message>
        <message>
            <source>Screen</source>
            <translation>滤色</translation>
        </message>
        <message>
            <source>Color dodge</source>
            <translation>颜色减淡</translation>
        </message>
        <message>
            <source>Linear dodge (Add)</source>
            <translation>线性减淡（添加）</translation>
        </message>
        <message>
            <source>Lighter color</source>
            <translation>浅色</translation>
        </message>
        <message>
            <source>Overlay</source>
            <translation>叠加</translation>
        </message>
        <message>
            <source>Soft light</source>
            <translation>柔光</translation>
        </message>
        <message>
            <source>Hard light</source>
            <translation>强光</translation>
        </message>
        <message>
            <source>Vivid light</source>
            <translation>亮光</translation>
        </message>
        <message>
            <source>Linear light</source>
            <translation>线性光</translation>
        </message>
        <message>
            <source>Pin light</source>
            <translation>点光</translation>
        </message>
        <message>
            <source>Hard mix</source>
            <translation>实色混合</translation>
        </message>
        <message>
            <source>Difference</source>
            <translation>差值</translation>
        </message>
        <message>
            <source>Exclusion</source>
            <translation>排除</translation>
        </message>
        <message>
            <source>Subtract</source>
            <translation>减去</translation>
        </message>
        <message>
            <source>Divide</source>
            <translation>划分</translation>
        </message>
        <message>
            <source>Hue</source>
            <translation>色相</translation>
        </message>
        <message>
            <source>Saturation</source>
            <translation>饱和度</translation>
        </message>
        <message>
            <source>Color</source>
            <translation>颜色</translation>
        </message>
        <message>
            <source>Luminosity</source>
            <translation>明度</translation>
        </message>
        <message>
            <source>Lighter (plus)</source>
            <translation>叠光（相加）</translation>
        </message>
        <message>
            <source>Behind</source>
            <translation>背后</translation>
        </message>
        <message>
            <source>Erase</source>
            <translation>擦除</translation>
        </message>
        <message>
            <source>Source atop</source>
            <translation>源置顶</translation>
        </message>
        <message>
            <source>Source in</source>
            <translation>源在内</translation>
        </message>
        <message>
            <source>Source out</source>
            <translation>源在外</translation>
        </message>
        <message>
            <source>Destination in</source>
            <translation>目标在内</translation>
        </message>
        <message>
            <source>Destination atop</source>
            <translation>目标置顶</translation>
        </message>
        <message>
            <source>Exclusive or</source>
            <translation>异或</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>复制</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>清除</translation>
        </message>
        <message>
            <source>Pass through</source>
            <translation>穿透</translation>
        </message>
    </context>
    <context>
        <name>cli</name>
        <message>
            <source>Danqing: paint, edit and generate on one canvas. Without a command, or with files, the studio opens.</source>
            <translation>丹青：在同一张画布上绘画、修图和生成。不带命令或带文件时打开窗口。</translation>
        </message>
        <message>
            <source>there is neither a command nor a file “{word}”; the nearest command is {command}</source>
            <translation>没有名为“{word}”的命令或文件；最接近的命令是 {command}</translation>
        </message>
        <message>
            <source>there is neither a command nor a file “{word}”</source>
            <translation>没有名为“{word}”的命令或文件</translation>
        </message>
        <message>
            <source>Flatten a picture or project into a picture file</source>
            <translation>把图片或项目拼合成图片文件</translation>
        </message>
        <message>
            <source>Apply a filter; 16 bits, colour profile and alpha are kept</source>
            <translation>应用滤镜；保留 16 位、配置文件和透明</translation>
        </message>
        <message>
            <source>Make a picture from a rule: noise or a landscape</source>
            <translation>按规则制作图片：噪声或山水</translation>
        </message>
        <message>
            <source>Let a model make pictures, as PNG files</source>
            <translation>让模型生成图片，存为 PNG 文件</translation>
        </message>
        <message>
            <source>Train a model; Ctrl+C writes a checkpoint and stops</source>
            <translation>训练模型；Ctrl+C 写入存档点后停止</translation>
        </message>
        <message>
            <source>Measure how fast the studio is on this computer</source>
            <translation>测量丹青在这台电脑上的速度</translation>
        </message>
        <message>
            <source>Say what Danqing finds here, what is missing and how to get it</source>
            <translation>说明丹青在此找到什么、缺少什么以及如何获取</translation>
        </message>
        <message>
            <source>List the models that come with Danqing and your own</source>
            <translation>列出内置的和你自己的模型</translation>
        </message>
        <message>
            <source>Show a model's card</source>
            <translation>查看模型的卡片</translation>
        </message>
        <message>
            <source>Check a model file and copy it into your models folder</source>
            <translation>检查模型文件并复制到你的模型文件夹</translation>
        </message>
        <message>
            <source>Make pictures by a rule (shanshui), with captions and factors</source>
            <translation>按规则（山水）制作图片，附说明文字与因素</translation>
        </message>
        <message>
            <source>Language of texts: en or zh_CN</source>
            <translation>文字的语言：en 或 zh_CN</translation>
        </message>
        <message>
            <source>Show the version</source>
            <translation>显示版本</translation>
        </message>
        <message>
            <source>List, show and import models</source>
            <translation>列出、查看和导入模型</translation>
        </message>
        <message>
            <source>Make training data</source>
            <translation>制作训练数据</translation>
        </message>
        <message>
            <source>There is not enough memory for this. Choose a smaller size.</source>
            <translation>内存不足。请选择较小的尺寸。</translation>
        </message>
        <message>
            <source>wrong usage: {reason} (see {command} --help)</source>
            <translation>用法有误：{reason}（见 {command} --help）</translation>
        </message>
        <message>
            <source>something unexpected happened ({reason}); set DANQING_DEBUG=1 to see where</source>
            <translation>发生意外错误（{reason}）；设置 DANQING_DEBUG=1 可查看出错位置</translation>
        </message>
        <message>
            <source>stopped</source>
            <translation>已停止</translation>
        </message>
        <message>
            <source>“{file}”: {reason}. Choose another place or change its permissions.</source>
            <translation>“{file}”：{reason}。请换一个位置，或更改它的权限。</translation>
        </message>
        <message>
            <source>auto, cpu, cuda, cuda:1, xpu or mps</source>
            <translation>auto、cpu、cuda、cuda:1、xpu 或 mps</translation>
        </message>
        <message>
            <source>How many pictures</source>
            <translation>生成几张</translation>
        </message>
        <message>
            <source>A slider of the model, name=value in standard deviations; as often as needed</source>
            <translation>模型的滑块，名称=值，以标准差为单位；可重复使用</translation>
        </message>
        <message>
            <source>How far from the average picture, 0 to 1.5</source>
            <translation>离平均图片多远，0 到 1.5</translation>
        </message>
        <message>
            <source>Side of the pictures in pixels</source>
            <translation>图片的边长，以像素为单位</translation>
        </message>
        <message>
            <source>The folder for the pictures; it is made at need</source>
            <translation>存放图片的文件夹；不存在时会新建</translation>
        </message>
        <message>
            <source>A model's name or a safetensors file</source>
            <translation>模型的名称或 safetensors 文件</translation>
        </message>
        <message>
            <source>A training recipe: its name or a TOML file</source>
            <translation>训练配方：名称或 TOML 文件</translation>
        </message>
        <message>
            <source>A folder of pictures; without it the recipe's own</source>
            <translation>图片文件夹；不给时使用配方自带的数据</translation>
        </message>
        <message>
            <source>The folder of this run; checkpoints go to its folder “checkpoints”</source>
            <translation>本次训练的文件夹；存档点放在其中的“checkpoints”里</translation>
        </message>
        <message>
            <source>How many steps to take; without it as many as the recipe says</source>
            <translation>训练多少步；不给时按配方</translation>
        </message>
        <message>
            <source>Steps between two checkpoints</source>
            <translation>两个存档点之间的步数</translation>
        </message>
        <message>
            <source>Go on from the newest checkpoint, or from the model that is shipped</source>
            <translation>从最新的存档点继续，没有时从内置模型继续</translation>
        </message>
        <message>
            <source>the model has no slider “{name}”; it has: {known}</source>
            <translation>模型没有滑块“{name}”；可用的有：{known}</translation>
        </message>
        <message>
            <source>{name}: “{text}” is not a number</source>
            <translation>{name}：“{text}”不是数字</translation>
        </message>
        <message>
            <source>{name}: {value} is outside {low} … {high}</source>
            <translation>{name}：{value} 超出 {low} … {high}</translation>
        </message>
        <message>
            <source>“{name}” is no device; give auto, cpu, cuda, cuda:1, xpu or mps</source>
            <translation>“{name}”不是设备；请用 auto、cpu、cuda、cuda:1、xpu 或 mps</translation>
        </message>
        <message>
            <source>there is no rule “{name}”; there are: {known}</source>
            <translation>没有规则“{name}”；可用的有：{known}</translation>
        </message>
        <message>
            <source>there are no models yet; “danqing models import FILE” brings one in</source>
            <translation>还没有模型；可用“danqing models import FILE”导入</translation>
        </message>
        <message>
            <source>stopped at step {step}; “--resume” goes on from there</source>
            <translation>在第 {step} 步停止；用“--resume”从那里继续</translation>
        </message>
        <message>
            <source>“{name}” is in your models folder: {path}</source>
            <translation>“{name}”已在你的模型文件夹中：{path}</translation>
        </message>
        <message>
            <source>A picture, an OpenRaster file or a project</source>
            <translation>图片、OpenRaster 文件或项目</translation>
        </message>
        <message>
            <source>The picture to write: .png, .jpg, .tif or .webp</source>
            <translation>要写入的图片：.png、.jpg、.tif 或 .webp</translation>
        </message>
        <message>
            <source>The same seed gives the same pixels</source>
            <translation>相同的种子得到相同的像素</translation>
        </message>
        <message>
            <source>A parameter, key=value; as often as needed</source>
            <translation>参数，键=值；可重复使用</translation>
        </message>
        <message>
            <source>List what there is, with its parameters, and stop</source>
            <translation>列出所有可用项及其参数，然后结束</translation>
        </message>
        <message>
            <source>Width and height in pixels, such as 1024x768</source>
            <translation>宽和高，以像素为单位，例如 1024x768</translation>
        </message>
        <message>
            <source>Bits per channel of PNG and TIFF: 8 or 16</source>
            <translation>PNG 和 TIFF 的每通道位数：8 或 16</translation>
        </message>
        <message>
            <source>Quality of JPEG and WebP, 1 to 100</source>
            <translation>JPEG 和 WebP 的品质，1 到 100</translation>
        </message>
        <message>
            <source>Open pictures of more than 178 megapixels too</source>
            <translation>也打开超过 1.78 亿像素的图片</translation>
        </message>
        <message>
            <source>“{text}” is not key=value</source>
            <translation>“{text}”不是 键=值 的形式</translation>
        </message>
        <message>
            <source>“{text}” is no size; give width and height, such as 1024x768</source>
            <translation>“{text}”不是尺寸；请给出宽和高，例如 1024x768</translation>
        </message>
        <message>
            <source>{name}: {reason}</source>
            <translation>{name}：{reason}</translation>
        </message>
        <message>
            <source>there is no filter “{name}”; there are: {known}</source>
            <translation>没有滤镜“{name}”；可用的有：{known}</translation>
        </message>
        <message>
            <source>NAME, IN and OUT are needed, or --list</source>
            <translation>需要 NAME、IN 和 OUT，或 --list</translation>
        </message>
        <message>
            <source>--bits is 8 or 16</source>
            <translation>--bits 为 8 或 16</translation>
        </message>
        <message>
            <source>Landscape in the manner of 山水 (needs torch)</source>
            <translation>山水画风格的风景（需要 torch）</translation>
        </message>
        <message>
            <source>NAME and OUT are needed, or --list</source>
            <translation>需要 NAME 和 OUT，或 --list</translation>
        </message>
        <message>
            <source>What to measure; everything without a name</source>
            <translation>测量什么；不给名称则全部测量</translation>
        </message>
        <message>
            <source>Write the figures to this file, too</source>
            <translation>把数据也写入此文件</translation>
        </message>
        <message>
            <source>Few repetitions: shows that it works, not how fast it is</source>
            <translation>少量重复：只表明能运行，不代表速度</translation>
        </message>
        <message>
            <source>A model file to measure with instead of the one that is shipped</source>
            <translation>用来测量的模型文件，代替内置模型</translation>
        </message>
        <message>
            <source>there is nothing to measure called “{name}”; there are: {known}</source>
            <translation>没有名为“{name}”的测量项；可用的有：{known}</translation>
        </message>
        <message>
            <source>everything is there</source>
            <translation>一切齐备</translation>
        </message>
    </context>
    <context>
        <name>doctor</name>
        <message>
            <source>Danqing {danqing}, Python {python}, {system}</source>
            <translation>丹青 {danqing}，Python {python}，{system}</translation>
        </message>
        <message>
            <source>The package {package} is missing.</source>
            <translation>缺少软件包 {package}。</translation>
        </message>
        <message>
            <source>Run: python3 packaging/dev.py setup, or: pip install {package}</source>
            <translation>运行：python3 packaging/dev.py setup，或：pip install {package}</translation>
        </message>
        <message>
            <source>The engine is not installed, so nothing can be generated or trained.</source>
            <translation>没有安装引擎，无法生成或训练。</translation>
        </message>
        <message>
            <source>Run: pip install "danqing[engine]"</source>
            <translation>运行：pip install "danqing[engine]"</translation>
        </message>
        <message>
            <source>Engine: torch {version} on {device} ({name}, {memory} GiB)</source>
            <translation>引擎：torch {version}，设备 {device}（{name}，{memory} GiB）</translation>
        </message>
        <message>
            <source>In {folder} are missing: {missing}.</source>
            <translation>{folder} 中缺少：{missing}。</translation>
        </message>
        <message>
            <source>Install Danqing again.</source>
            <translation>请重新安装丹青。</translation>
        </message>
        <message>
            <source>Resources: {folder}</source>
            <translation>资源：{folder}</translation>
        </message>
        <message>
            <source>The model that comes with Danqing is missing or damaged.</source>
            <translation>丹青的内置模型缺失或损坏。</translation>
        </message>
        <message>
            <source>Install Danqing again, or import a model: danqing models import FILE</source>
            <translation>请重新安装丹青，或导入模型：danqing models import FILE</translation>
        </message>
        <message>
            <source>Models: {models}</source>
            <translation>模型：{models}</translation>
        </message>
        <message>
            <source>Danqing may not write to {folder}, where it keeps every step.</source>
            <translation>丹青无权写入 {folder}，每一步都保存在那里。</translation>
        </message>
        <message>
            <source>Change its permissions, or set DANQING_HOME to another folder.</source>
            <translation>请更改它的权限，或把 DANQING_HOME 设为别的文件夹。</translation>
        </message>
        <message>
            <source>Only {free} GiB are free where every step is kept ({folder}).</source>
            <translation>保存每一步的位置（{folder}）只剩 {free} GiB。</translation>
        </message>
        <message>
            <source>Free some space.</source>
            <translation>请腾出空间。</translation>
        </message>
        <message>
            <source>{free} GiB free in {folder}</source>
            <translation>{folder} 剩余 {free} GiB</translation>
        </message>
        <message>
            <source>System libraries are missing: {libraries}</source>
            <translation>缺少系统库：{libraries}</translation>
        </message>
        <message>
            <source>Run: {command}</source>
            <translation>运行：{command}</translation>
        </message>
    </context>
    <context>
        <name>document</name>
        <message>
            <source>A picture has at least 1 and at most 1,000 million pixels. Choose a smaller size.</source>
            <translation>图片的像素数在 1 到 10 亿之间。请选择较小的尺寸。</translation>
        </message>
        <message>
            <source>This layer is in the picture already.</source>
            <translation>这个图层已在图片中。</translation>
        </message>
        <message>
            <source>A group cannot be put into itself.</source>
            <translation>图层组不能放进自身。</translation>
        </message>
        <message>
            <source>This layer is locked. Unlock it in the Layers panel first.</source>
            <translation>此图层已锁定。请先在图层面板中解锁。</translation>
        </message>
        <message>
            <source>This layer's position is locked. Unlock it in the Layers panel first.</source>
            <translation>此图层的位置已锁定。请先在图层面板中解锁。</translation>
        </message>
        <message>
            <source>There is no layer here yet. Add one in the Layers panel.</source>
            <translation>这里还没有图层。请在图层面板中新建。</translation>
        </message>
        <message>
            <source>Only a group can be ungrouped.</source>
            <translation>只有图层组可以取消编组。</translation>
        </message>
        <message>
            <source>Choose at least one layer to group.</source>
            <translation>请至少选择一个图层来编组。</translation>
        </message>
        <message>
            <source>Opacity lies between 0 and 100 %.</source>
            <translation>不透明度在 0 到 100 % 之间。</translation>
        </message>
        <message>
            <source>This layer is locked. Unlock it in the Layers panel to paint on it.</source>
            <translation>此图层已锁定。在图层面板中解锁后才能绘画。</translation>
        </message>
        <message>
            <source>This layer is hidden. Show it in the Layers panel to paint on it.</source>
            <translation>此图层已隐藏。在图层面板中显示后才能绘画。</translation>
        </message>
        <message>
            <source>This layer comes from a newer version of Danqing and is kept as it is. Paint on another layer.</source>
            <translation>此图层来自更新版本的丹青，会原样保留。请在别的图层上绘画。</translation>
        </message>
        <message>
            <source>This layer's pixels are computed. Paint on a layer above it.</source>
            <translation>此图层的像素是计算得来的。请在它上方的图层绘画。</translation>
        </message>
        <message>
            <source>There is nothing to erase: the picture has no layer.</source>
            <translation>没有可擦除的内容：图片里没有图层。</translation>
        </message>
        <message>
            <source>This layer is no longer in the picture.</source>
            <translation>此图层已不在图片中。</translation>
        </message>
        <message>
            <source>Layers can only be put into a group.</source>
            <translation>图层只能放进图层组。</translation>
        </message>
        <message>
            <source>Only a generated layer has variants.</source>
            <translation>只有生成图层才有变体。</translation>
        </message>
        <message>
            <source>This variant is no longer in the layer.</source>
            <translation>此变体已不在图层中。</translation>
        </message>
        <message>
            <source>This is the layer's only picture. Delete the layer instead.</source>
            <translation>这是该图层唯一的图片。请直接删除图层。</translation>
        </message>
    </context>
    <context>
        <name>engine</name>
        <message>
            <source>The device “{device}” is not available; available are: {available}.</source>
            <translation>设备“{device}”不可用；可用的有：{available}。</translation>
        </message>
        <message>
            <source>The engine cannot do this: {reason}.</source>
            <translation>引擎无法完成：{reason}。</translation>
        </message>
        <message>
            <source>The disk is full. Free some space and try again; what was written is kept.</source>
            <translation>磁盘已满。请腾出空间后重试；已写入的内容会保留。</translation>
        </message>
        <message>
            <source>There is not enough memory for this size. Choose a smaller size or close other programs.</source>
            <translation>内存不足以生成这个尺寸。请选择较小的尺寸，或关闭其他程序。</translation>
        </message>
        <message>
            <source>The graphics card's memory is full; the processor takes over, more slowly.</source>
            <translation>显存已满；改由处理器计算，会慢一些。</translation>
        </message>
        <message>
            <source>The model made no picture but values that are no numbers. Please report this with the model's name.</source>
            <translation>模型给出的不是图片而是无效数值。请连同模型名称一起反馈。</translation>
        </message>
        <message>
            <source>The engine stopped while it was working. It starts again with the next request; please try again.</source>
            <translation>引擎在工作中停止。下次请求时会重新启动；请再试一次。</translation>
        </message>
        <message>
            <source>The engine does not start. Run “danqing doctor” to see what is missing.</source>
            <translation>引擎无法启动。运行“danqing doctor”查看缺少什么。</translation>
        </message>
        <message>
            <source>The engine stopped {times} times in a row. Try another model or size, or run “danqing doctor”.</source>
            <translation>引擎连续停止了 {times} 次。请换一个模型或尺寸，或运行“danqing doctor”。</translation>
        </message>
        <message>
            <source>The engine at “{python}” belongs to another version of Danqing (protocol {theirs}, this one speaks {ours}). Install the same version there.</source>
            <translation>“{python}”处的引擎属于另一版本的丹青（协议 {theirs}，本程序为 {ours}）。请在那里安装相同版本。</translation>
        </message>
        <message>
            <source>Stopped.</source>
            <translation>已停止。</translation>
        </message>
        <message>
            <source>Stopped; the engine did not answer and was started again.</source>
            <translation>已停止；引擎没有响应，已重新启动。</translation>
        </message>
        <message>
            <source>Something went wrong inside the engine. Please report this with the details.</source>
            <translation>引擎内部出错。请连同详情一起反馈。</translation>
        </message>
        <message>
            <source>The model has no slider “{slider}”; it has: {sliders}.</source>
            <translation>模型没有滑块“{slider}”；可用的有：{sliders}。</translation>
        </message>
        <message>
            <source>There is no engine filter “{filter}” of version {version}.</source>
            <translation>没有版本为 {version} 的引擎滤镜“{filter}”。</translation>
        </message>
        <message>
            <source>The pixels handed to the filter do not fit their shape {shape}.</source>
            <translation>交给滤镜的像素与形状 {shape} 不符。</translation>
        </message>
        <message>
            <source>Loading the model</source>
            <translation>正在载入模型</translation>
        </message>
        <message>
            <source>Starting the engine</source>
            <translation>正在启动引擎</translation>
        </message>
        <message>
            <source>The model could not be copied to your models folder: {reason}.</source>
            <translation>无法把模型复制到你的模型文件夹：{reason}。</translation>
        </message>
        <message>
            <source>There is no model of this name. Choose another one or import its file.</source>
            <translation>没有这个名称的模型。请另选一个，或导入它的文件。</translation>
        </message>
        <message>
            <source>The exact model file that made this picture is not here any more. Import it, or generate with another model.</source>
            <translation>生成这张图片的模型文件已不在。请导入它，或换一个模型生成。</translation>
        </message>
        <message>
            <source>The model file is missing. Choose another model or put the file back.</source>
            <translation>模型文件缺失。请选择别的模型，或把文件放回原处。</translation>
        </message>
        <message>
            <source>The model file cannot be read: {reason}. Check its permissions.</source>
            <translation>无法读取模型文件：{reason}。请检查它的权限。</translation>
        </message>
        <message>
            <source>This file is a Python pickle, which can run any program when it is opened. Danqing opens only safetensors: ask its author for a .safetensors file or convert it on a computer you can spare.</source>
            <translation>这个文件是 Python pickle，打开时可能运行任何程序。丹青只打开 safetensors：请向作者索取 .safetensors 文件，或在一台闲置的电脑上转换。</translation>
        </message>
        <message>
            <source>This is not a safetensors model file. Choose a .safetensors file.</source>
            <translation>这不是 safetensors 模型文件。请选择 .safetensors 文件。</translation>
        </message>
        <message>
            <source>The model file is cut short: {found} bytes of {expected}. Download or copy it again.</source>
            <translation>模型文件不完整：{expected} 字节中只有 {found} 字节。请重新下载或复制。</translation>
        </message>
        <message>
            <source>The model file is damaged: {reason}. Download or copy it again.</source>
            <translation>模型文件已损坏：{reason}。请重新下载或复制。</translation>
        </message>
        <message>
            <source>The model file does not say what it is (no Danqing card), so it cannot be used here.</source>
            <translation>模型文件没有说明自己是什么（缺少丹青卡片），无法在此使用。</translation>
        </message>
        <message>
            <source>The model file does not fit its network: {reason} at tensor “{tensor}”. Get the file again.</source>
            <translation>模型文件与网络不符：张量“{tensor}”处 {reason}。请重新获取文件。</translation>
        </message>
        <message>
            <source>This engine does not know the request “{request}”.</source>
            <translation>此引擎不认识请求“{request}”。</translation>
        </message>
    </context>
    <context>
        <name>generate</name>
        <message>
            <source>Stop · {seconds} s</source>
            <translation>停止 · {seconds} 秒</translation>
        </message>
        <message>
            <source>model missing</source>
            <translation>模型缺失</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Generate {count}</source>
            <translation>生成 {count} 张</translation>
        </message>
        <message>
            <source>There is no engine: pip install "danqing[engine]"</source>
            <translation>没有引擎：pip install "danqing[engine]"</translation>
        </message>
        <message>
            <source>{count} more</source>
            <translation>再来 {count} 张</translation>
        </message>
        <message>
            <source>Place in selection</source>
            <translation>放入选区</translation>
        </message>
    </context>
    <context>
        <name>history</name>
        <message>
            <source>New picture</source>
            <translation>新建图片</translation>
        </message>
        <message>
            <source>Slider</source>
            <translation>滑块</translation>
        </message>
        <message>
            <source>New filter layer</source>
            <translation>新建滤镜图层</translation>
        </message>
        <message>
            <source>Filter parameters</source>
            <translation>滤镜参数</translation>
        </message>
        <message>
            <source>Generate</source>
            <translation>生成</translation>
        </message>
        <message>
            <source>More variations</source>
            <translation>更多变体</translation>
        </message>
        <message>
            <source>Variation</source>
            <translation>变体</translation>
        </message>
        <message>
            <source>Star</source>
            <translation>收藏</translation>
        </message>
        <message>
            <source>Drop variation</source>
            <translation>丢弃变体</translation>
        </message>
        <message>
            <source>Restore variation</source>
            <translation>恢复变体</translation>
        </message>
        <message>
            <source>Variation as layer</source>
            <translation>变体存为图层</translation>
        </message>
        <message>
            <source>Opacity</source>
            <translation>不透明度</translation>
        </message>
        <message>
            <source>Blend mode</source>
            <translation>混合模式</translation>
        </message>
        <message>
            <source>Rename layer</source>
            <translation>重命名图层</translation>
        </message>
        <message>
            <source>Show or hide layer</source>
            <translation>显示或隐藏图层</translation>
        </message>
        <message>
            <source>Clipping mask</source>
            <translation>剪贴蒙版</translation>
        </message>
        <message>
            <source>Lock layer</source>
            <translation>锁定图层</translation>
        </message>
        <message>
            <source>Layer mask</source>
            <translation>图层蒙版</translation>
        </message>
        <message>
            <source>Colour label</source>
            <translation>颜色标签</translation>
        </message>
        <message>
            <source>New paint layer</source>
            <translation>新建绘画图层</translation>
        </message>
        <message>
            <source>New group</source>
            <translation>新建图层组</translation>
        </message>
        <message>
            <source>Group layer</source>
            <translation>图层编组</translation>
        </message>
        <message>
            <source>Duplicate layer</source>
            <translation>复制图层</translation>
        </message>
        <message>
            <source>Delete layer</source>
            <translation>删除图层</translation>
        </message>
        <message>
            <source>Move layer</source>
            <translation>移动图层</translation>
        </message>
        <message>
            <source>Change layer</source>
            <translation>更改图层</translation>
        </message>
        <message>
            <source>Select all</source>
            <translation>全选</translation>
        </message>
        <message>
            <source>Deselect</source>
            <translation>取消选择</translation>
        </message>
        <message>
            <source>Move</source>
            <translation>移动</translation>
        </message>
        <message>
            <source>Paint</source>
            <translation>绘画</translation>
        </message>
        <message>
            <source>Erase</source>
            <translation>擦除</translation>
        </message>
    </context>
    <context>
        <name>jobs</name>
        <message>
            <source>Opening {file}</source>
            <translation>正在打开 {file}</translation>
        </message>
        <message>
            <source>Saving {file}</source>
            <translation>正在保存 {file}</translation>
        </message>
        <message>
            <source>Exporting {file}</source>
            <translation>正在导出 {file}</translation>
        </message>
        <message>
            <source>Applying {filter}</source>
            <translation>正在应用{filter}</translation>
        </message>
        <message>
            <source>Importing {file}</source>
            <translation>正在导入 {file}</translation>
        </message>
        <message>
            <source>Generating with {model}</source>
            <translation>正在用{model}生成</translation>
        </message>
        <message>
            <source>Training “{name}”</source>
            <translation>训练“{name}”</translation>
        </message>
    </context>
    <context>
        <name>layer-names</name>
        <message>
            <source>Background</source>
            <translation>背景</translation>
        </message>
        <message>
            <source>Layer 1</source>
            <translation>图层 1</translation>
        </message>
        <message>
            <source>Group</source>
            <translation>图层组</translation>
        </message>
        <message>
            <source>{name} copy</source>
            <translation>{name} 副本</translation>
        </message>
        <message>
            <source>Paint</source>
            <translation>绘画</translation>
        </message>
        <message>
            <source>Layer</source>
            <translation>图层</translation>
        </message>
        <message>
            <source>Paper</source>
            <translation>纸</translation>
        </message>
        <message>
            <source>Untitled</source>
            <translation>未命名</translation>
        </message>
    </context>
    <context>
        <name>menus</name>
        <message>
            <source>File</source>
            <translation>文件</translation>
        </message>
        <message>
            <source>Edit</source>
            <translation>编辑</translation>
        </message>
        <message>
            <source>Image</source>
            <translation>图像</translation>
        </message>
        <message>
            <source>Layer</source>
            <translation>图层</translation>
        </message>
        <message>
            <source>Select</source>
            <translation>选择</translation>
        </message>
        <message>
            <source>Filter</source>
            <translation>滤镜</translation>
        </message>
        <message>
            <source>Generate</source>
            <translation>生成</translation>
        </message>
        <message>
            <source>View</source>
            <translation>视图</translation>
        </message>
        <message>
            <source>Window</source>
            <translation>窗口</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>帮助</translation>
        </message>
        <message>
            <source>New filter layer</source>
            <translation>新建滤镜图层</translation>
        </message>
    </context>
    <context>
        <name>notices</name>
        <message>
            <source>A filter changes the pixels of a paint layer. Use a filter layer here.</source>
            <translation>滤镜直接修改绘画图层的像素。这里请使用滤镜图层。</translation>
        </message>
        <message>
            <source>Saved {file}.</source>
            <translation>已保存 {file}。</translation>
        </message>
        <message>
            <source>Exported {file}.</source>
            <translation>已导出 {file}。</translation>
        </message>
        <message>
            <source>Exported {file}; flattened to pixels: {layers}.</source>
            <translation>已导出 {file}；以下内容已变成像素：{layers}。</translation>
        </message>
        <message>
            <source>{file} could not be saved: {reason} Your picture is safe in the journal.</source>
            <translation>{file} 未能保存：{reason}你的图片仍安全地保留在日志中。</translation>
        </message>
        <message>
            <source>{file} could not be exported: {reason}</source>
            <translation>{file} 未能导出：{reason}</translation>
        </message>
        <message>
            <source>{file} could not be opened: {reason}</source>
            <translation>{file} 未能打开：{reason}</translation>
        </message>
        <message>
            <source>{file} is damaged. Every intact layer was saved; lost: {layers}.</source>
            <translation>{file} 已损坏。完好的图层都已保留；丢失：{layers}。</translation>
        </message>
        <message>
            <source>{file} is damaged. It is shown as it was {steps} steps before its last one.</source>
            <translation>{file} 已损坏。显示的是最后一步之前 {steps} 步的样子。</translation>
        </message>
        <message>
            <source>The journal cannot be written: {reason} Make room on the disk or save the picture elsewhere.</source>
            <translation>无法写入日志：{reason}请腾出磁盘空间，或把图片保存到别处。</translation>
        </message>
        <message>
            <source>{reason}</source>
            <translation>{reason}</translation>
        </message>
        <message>
            <source>A filter layer could not be computed and shows its last result: {reason}</source>
            <translation>一个滤镜图层无法计算，显示的是上次的结果：{reason}</translation>
        </message>
        <message>
            <source>A generated picture waits for the end of your stroke.</source>
            <translation>生成的图片正等你画完这一笔。</translation>
        </message>
        <message>
            <source>Nothing was generated: {reason}</source>
            <translation>没有生成图片：{reason}</translation>
        </message>
        <message>
            <source>{done} of {count} pictures are there and stay. {reason}</source>
            <translation>{count} 张中已有 {done} 张，会保留。{reason}</translation>
        </message>
        <message>
            <source>The picture could not follow the slider: {reason}</source>
            <translation>画面没能跟上滑块：{reason}</translation>
        </message>
        <message>
            <source>{file} was not imported: {reason}</source>
            <translation>{file} 没有导入：{reason}</translation>
        </message>
        <message>
            <source>The engine is not installed here. Run: pip install "danqing[engine]"</source>
            <translation>这里没有安装引擎。运行：pip install "danqing[engine]"</translation>
        </message>
        <message>
            <source>Your settings could not be kept in {file}: {reason}. Make room or give Danqing leave to write there.</source>
            <translation>设置无法保存到 {file}：{reason}。请腾出空间，或允许丹青写入该处。</translation>
        </message>
        <message>
            <source>Something went wrong in Danqing ({reason}). Your steps are kept. Please report what {file} says.</source>
            <translation>丹青出了问题（{reason}）。您的每一步都已保留。请把 {file} 的内容报告给我们。</translation>
        </message>
        <message>
            <source>There is not enough memory. Close other pictures or programs and try again.</source>
            <translation>内存不足。请关闭其他图像或程序后再试。</translation>
        </message>
        <message>
            <source>Now computing on {device}: {reason}</source>
            <translation>现在使用 {device} 计算：{reason}</translation>
        </message>
        <message>
            <source>Training of {name} ended at step {step}.</source>
            <translation>{name} 的训练在第 {step} 步结束。</translation>
        </message>
        <message>
            <source>Training stopped: {reason} The last checkpoint is kept.</source>
            <translation>训练已停止：{reason}最后的存档点已保留。</translation>
        </message>
        <message>
            <source>{file} is now among your models.</source>
            <translation>{file} 已加入你的模型。</translation>
        </message>
        <message>
            <source>Restored “{title}” from the journal.</source>
            <translation>已从日志恢复“{title}”。</translation>
        </message>
        <message>
            <source>Painted on a layer above: the sliders of the picture below stay live.</source>
            <translation>已画在上方图层：下方图片的滑块仍可用。</translation>
        </message>
        <message>
            <source>The memory is full. Make fewer or smaller pictures.</source>
            <translation>内存已满。请少生成几张，或选择较小的尺寸。</translation>
        </message>
        <message>
            <source>The model file is missing. Locate it in the model list.</source>
            <translation>模型文件缺失。请在模型列表中定位它。</translation>
        </message>
        <message>
            <source>This model file could run code and is not opened. Use a .safetensors file.</source>
            <translation>这个模型文件可能运行代码，不会打开。请使用 .safetensors 文件。</translation>
        </message>
        <message>
            <source>This model file is not one that Danqing can run.</source>
            <translation>丹青无法运行这个模型文件。</translation>
        </message>
        <message>
            <source>The request has a value that the model does not allow.</source>
            <translation>请求中有模型不允许的数值。</translation>
        </message>
        <message>
            <source>The disk is full. Make room and try again.</source>
            <translation>磁盘已满。请腾出空间后重试。</translation>
        </message>
        <message>
            <source>The engine stopped and was started again. Press Generate once more.</source>
            <translation>引擎停止后已重新启动。请再按一次生成。</translation>
        </message>
        <message>
            <source>Stopped.</source>
            <translation>已停止。</translation>
        </message>
        <message>
            <source>Something went wrong in the engine. The details are below.</source>
            <translation>引擎出错。详情见下。</translation>
        </message>
    </context>
    <context>
        <name>panels</name>
        <message>
            <source>Generate</source>
            <translation>生成</translation>
        </message>
        <message>
            <source>Explore</source>
            <translation>探索</translation>
        </message>
        <message>
            <source>Colour</source>
            <translation>颜色</translation>
        </message>
        <message>
            <source>Layers</source>
            <translation>图层</translation>
        </message>
        <message>
            <source>Filters</source>
            <translation>滤镜</translation>
        </message>
        <message>
            <source>History</source>
            <translation>历史记录</translation>
        </message>
        <message>
            <source>Results</source>
            <translation>结果</translation>
        </message>
        <message>
            <source>Training</source>
            <translation>训练</translation>
        </message>
        <message>
            <source>Jobs</source>
            <translation>任务</translation>
        </message>
    </context>
    <context>
        <name>project</name>
        <message>
            <source>“{file}” is not there any more. Was it moved, or its disk removed?</source>
            <translation>“{file}”已不在原处。是否被移动，或磁盘已拔出？</translation>
        </message>
        <message>
            <source>“{file}” is a folder. Choose a picture inside it.</source>
            <translation>“{file}”是文件夹。请选择其中的图片。</translation>
        </message>
        <message>
            <source>Danqing may not use “{file}”. Change the file's permissions, or choose another place.</source>
            <translation>丹青无权使用“{file}”。请更改文件权限，或换一个位置。</translation>
        </message>
        <message>
            <source>“{file}” cannot be read: {reason}. Check the disk it lies on.</source>
            <translation>无法读取“{file}”：{reason}。请检查它所在的磁盘。</translation>
        </message>
        <message>
            <source>“{file}” is empty (0 bytes). Copy it again from where it came from.</source>
            <translation>“{file}”是空文件（0 字节）。请从来源重新复制。</translation>
        </message>
        <message>
            <source>“{file}” is not a picture that Danqing can read. It reads PNG, JPEG, WebP, TIFF, BMP, GIF, OpenRaster and .danqing.</source>
            <translation>“{file}”不是丹青能读取的图片。可读取 PNG、JPEG、WebP、TIFF、BMP、GIF、OpenRaster 和 .danqing。</translation>
        </message>
        <message>
            <source>“{file}” ends too early: it was not copied completely. Copy it again.</source>
            <translation>“{file}”不完整：复制时没有复制完。请重新复制。</translation>
        </message>
        <message>
            <source>“{file}” is damaged ({reason}). Use another copy of it.</source>
            <translation>“{file}”已损坏（{reason}）。请使用其他副本。</translation>
        </message>
        <message>
            <source>“{file}” has {width} × {height} pixels; the limit is 1 000 megapixels. Make it smaller first.</source>
            <translation>“{file}”有 {width} × {height} 像素；上限为 10 亿像素。请先把它缩小。</translation>
        </message>
        <message>
            <source>“{file}” has {width} × {height} pixels and needs about {memory} GiB of memory. Open it all the same?</source>
            <translation>“{file}”有 {width} × {height} 像素，约需 {memory} GiB 内存。仍要打开吗？</translation>
        </message>
        <message>
            <source>“{file}” uses {what}, which Danqing cannot read. Save it as an ordinary PNG or TIFF.</source>
            <translation>“{file}”使用了丹青无法读取的 {what}。请另存为普通的 PNG 或 TIFF。</translation>
        </message>
        <message>
            <source>The disk is full: “{file}” was not written, and what stood there is unchanged. Free some space.</source>
            <translation>磁盘已满：“{file}”没有写入，原有文件未变。请腾出空间。</translation>
        </message>
        <message>
            <source>“{file}” cannot be written: the place is read-only. Save it somewhere else.</source>
            <translation>无法写入“{file}”：该位置为只读。请保存到别处。</translation>
        </message>
        <message>
            <source>“{file}” could not be written: {reason}. Save it somewhere else.</source>
            <translation>未能写入“{file}”：{reason}。请保存到别处。</translation>
        </message>
        <message>
            <source>{format} holds at most {limit} pixels a side; “{file}” was not written. Choose PNG or TIFF.</source>
            <translation>{format} 每边最多 {limit} 像素；“{file}”没有写入。请选择 PNG 或 TIFF。</translation>
        </message>
        <message>
            <source>“{file}”: its ending names no format that Danqing writes. Use .png, .jpg, .tif, .webp or .ora.</source>
            <translation>“{file}”的扩展名不是丹青能写入的格式。请使用 .png、.jpg、.tif、.webp 或 .ora。</translation>
        </message>
        <message>
            <source>“{file}” is not a Danqing project.</source>
            <translation>“{file}”不是丹青项目。</translation>
        </message>
        <message>
            <source>“{file}” was made by a newer Danqing (file version {version}). Install that version to open it.</source>
            <translation>“{file}”由更新版本的丹青创建（文件版本 {version}）。请安装该版本后再打开。</translation>
        </message>
        <message>
            <source>“{file}” holds no picture. Nothing could be opened from it.</source>
            <translation>“{file}”里没有图片，无法打开。</translation>
        </message>
        <message>
            <source>“{file}” is damaged: a part of a picture in it cannot be read.</source>
            <translation>“{file}”已损坏：其中图片的一部分无法读取。</translation>
        </message>
        <message>
            <source>“{file}” is open in another running Danqing. Close it there first.</source>
            <translation>“{file}”正在另一个丹青中打开。请先在那里关闭。</translation>
        </message>
    </context>
    <context>
        <name>recipe</name>
        <message>
            <source>Seed</source>
            <translation>种子</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>步数</translation>
        </message>
        <message>
            <source>Batch size</source>
            <translation>批大小</translation>
        </message>
        <message>
            <source>Sigma</source>
            <translation>标准差</translation>
        </message>
        <message>
            <source>Standard deviation of the blur in pixels.</source>
            <translation>模糊的标准差，以像素为单位。</translation>
        </message>
        <message>
            <source>Gaussian blur</source>
            <translation>高斯模糊</translation>
        </message>
        <message>
            <source>Replaces each pixel by the mean of its surroundings with weights w(d) = exp(−d² / 2σ²), d the distance and σ the sigma in pixels, cut off at 3σ; colours are weighted by their opacity. Beyond the edge of the picture its outermost pixels are repeated. Above σ = 8 it runs on the picture averaged to 1/2, 1/4 … of its size and is enlarged linearly (Burt and Adelson, 1983).</source>
            <translation>用周围像素的加权平均值替换每个像素，权重 w(d) = exp(−d² / 2σ²)，d 为距离，σ 为标准差（像素），在 3σ 处截断；颜色按不透明度加权。图片边缘之外重复最外侧的像素。σ 大于 8 时，先把图片平均缩小到 1/2、1/4 …，再线性放大（Burt 与 Adelson，1983）。</translation>
        </message>
        <message>
            <source>The same seed gives the same grain.</source>
            <translation>相同的种子得到相同的颗粒。</translation>
        </message>
        <message>
            <source>Channels</source>
            <translation>通道</translation>
        </message>
        <message>
            <source>Per channel: coloured grain. Shared: the same grain in red, green and blue.</source>
            <translation>分通道：彩色颗粒。共用：红、绿、蓝使用相同的颗粒。</translation>
        </message>
        <message>
            <source>Mean</source>
            <translation>均值</translation>
        </message>
        <message>
            <source>Added on average; 1 is the full range from black to white.</source>
            <translation>平均增加的量；1 为从黑到白的全范围。</translation>
        </message>
        <message>
            <source>Standard deviation; 1 is the full range from black to white.</source>
            <translation>标准差；1 为从黑到白的全范围。</translation>
        </message>
        <message>
            <source>Amount</source>
            <translation>数量</translation>
        </message>
        <message>
            <source>The largest change, up or down; 1 is the full range.</source>
            <translation>向上或向下的最大变化；1 为全范围。</translation>
        </message>
        <message>
            <source>Gaussian noise</source>
            <translation>高斯噪点</translation>
        </message>
        <message>
            <source>Adds to each colour value a random number with density p(x) = exp(−(x − μ)² / 2σ²) / √(2πσ²), μ the mean and σ the sigma, both as fractions of the full range of the encoded colour; transparency stays. The numbers come from Philox-4x32-10 (Salmon et al., 2011) and the Box–Muller transform (1958), and depend only on seed, channel and pixel, not on the part of the picture that is shown.</source>
            <translation>给每个颜色值加上一个随机数，密度 p(x) = exp(−(x − μ)² / 2σ²) / √(2πσ²)，μ 为均值，σ 为标准差，均以编码颜色全范围的比例表示；不透明度不变。随机数由 Philox-4x32-10（Salmon 等，2011）与 Box–Muller 变换（1958）产生，只取决于种子、通道和像素，与显示的部分无关。</translation>
        </message>
        <message>
            <source>Uniform noise</source>
            <translation>均匀噪点</translation>
        </message>
        <message>
            <source>Adds to each colour value a random number that is equally likely anywhere between −a and a, density p(x) = 1 / 2a, a the amount as a fraction of the full range of the encoded colour; transparency stays. The numbers come from Philox-4x32-10 (Salmon et al., 2011) and depend only on seed, channel and pixel.</source>
            <translation>给每个颜色值加上一个在 −a 到 a 之间均匀分布的随机数，密度 p(x) = 1 / 2a，a 为数量，以全范围的比例表示；不透明度不变。随机数由 Philox-4x32-10（Salmon 等，2011）产生，只取决于种子、通道和像素。</translation>
        </message>
        <message>
            <source>Clip shadows</source>
            <translation>剪切阴影</translation>
        </message>
        <message>
            <source>Share of the darkest pixels that becomes black.</source>
            <translation>变成黑色的最暗像素的比例。</translation>
        </message>
        <message>
            <source>Clip highlights</source>
            <translation>剪切高光</translation>
        </message>
        <message>
            <source>Share of the brightest pixels that becomes white.</source>
            <translation>变成白色的最亮像素的比例。</translation>
        </message>
        <message>
            <source>Shared: hues stay. Per channel: each channel is stretched alone, which removes a cast.</source>
            <translation>共用：保持色相。分通道：各通道单独拉伸，可去除偏色。</translation>
        </message>
        <message>
            <source>Auto contrast</source>
            <translation>自动对比度</translation>
        </message>
        <message>
            <source>Stretches the encoded colour values so that the given shares of the darkest and brightest pixels become black and white: c' = (c − b) / (w − b), b and w the percentiles of the whole picture; transparent pixels do not count (linear contrast stretching, Gonzalez and Woods, Digital Image Processing, chapter 3).</source>
            <translation>拉伸编码颜色值，使给定比例的最暗和最亮像素变成黑色和白色：c' = (c − b) / (w − b)，b 与 w 为整张图片的百分位数；透明像素不计入（线性对比度拉伸，Gonzalez 与 Woods，《数字图像处理》第 3 章）。</translation>
        </message>
        <message>
            <source>Variety</source>
            <translation>多样性</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>大小</translation>
        </message>
        <message>
            <source>Checkpoint every</source>
            <translation>存档间隔</translation>
        </message>
        <message>
            <source>Bits per channel</source>
            <translation>每通道位数</translation>
        </message>
        <message>
            <source>Quality</source>
            <translation>品质</translation>
        </message>
        <message>
            <source>Lossless (WebP)</source>
            <translation>无损（WebP）</translation>
        </message>
        <message>
            <source>Colour profile</source>
            <translation>配置文件</translation>
        </message>
        <message>
            <source>Keep photo information (EXIF)</source>
            <translation>保留拍摄信息（EXIF）</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>类型</translation>
        </message>
        <message>
            <source>Hardness</source>
            <translation>硬度</translation>
        </message>
        <message>
            <source>0: fades from the middle. 1: sharp edge.</source>
            <translation>0：从中心向外渐淡。1：边缘清晰。</translation>
        </message>
        <message>
            <source>Opacity</source>
            <translation>不透明度</translation>
        </message>
        <message>
            <source>The most that one stroke covers.</source>
            <translation>一笔最多能覆盖的程度。</translation>
        </message>
        <message>
            <source>Flow</source>
            <translation>流量</translation>
        </message>
        <message>
            <source>How much each dab adds, up to the opacity.</source>
            <translation>每个笔触点增加的量，最多到不透明度。</translation>
        </message>
        <message>
            <source>Spacing</source>
            <translation>间距</translation>
        </message>
        <message>
            <source>Distance between dabs as a fraction of their size.</source>
            <translation>笔触点之间的距离，以其大小的比例表示。</translation>
        </message>
        <message>
            <source>Smoothing</source>
            <translation>平滑</translation>
        </message>
        <message>
            <source>Steadies the hand; more follows later.</source>
            <translation>让线条更稳；数值越大跟随越慢。</translation>
        </message>
        <message>
            <source>Pressure changes size</source>
            <translation>压力影响大小</translation>
        </message>
        <message>
            <source>Pressure changes opacity</source>
            <translation>压力影响不透明度</translation>
        </message>
        <message>
            <source>Speed changes width</source>
            <translation>速度影响粗细</translation>
        </message>
        <message>
            <source>Without pen pressure: fast is thin, slow is wide.</source>
            <translation>没有笔压时：快则细，慢则粗。</translation>
        </message>
        <message>
            <source>Grain</source>
            <translation>颗粒</translation>
        </message>
        <message>
            <source>How much paper and bristles show in ink.</source>
            <translation>墨色中纸纹与笔毛的明显程度。</translation>
        </message>
        <message>
            <source>Average value; 0.5 is mid-grey.</source>
            <translation>平均值；0.5 为中灰。</translation>
        </message>
        <message>
            <source>The largest distance from the mean; 1 is the full range.</source>
            <translation>与均值的最大距离；1 为全范围。</translation>
        </message>
        <message>
            <source>An opaque picture of independent normal numbers with density p(x) = exp(−(x − μ)² / 2σ²) / √(2πσ²), from Philox-4x32-10 (Salmon et al., 2011) and the Box–Muller transform (1958).</source>
            <translation>由独立正态随机数组成的不透明图片，密度 p(x) = exp(−(x − μ)² / 2σ²) / √(2πσ²)，由 Philox-4x32-10（Salmon 等，2011）与 Box–Muller 变换（1958）产生。</translation>
        </message>
        <message>
            <source>An opaque picture of independent numbers equally likely from μ − a to μ + a, from Philox-4x32-10 (Salmon et al., 2011).</source>
            <translation>由 μ − a 到 μ + a 之间均匀分布的独立随机数组成的不透明图片，由 Philox-4x32-10（Salmon 等，2011）产生。</translation>
        </message>
        <message>
            <source>Mist</source>
            <translation>雾气</translation>
        </message>
        <message>
            <source>Peak height</source>
            <translation>峰高</translation>
        </message>
        <message>
            <source>Peak position</source>
            <translation>峰位</translation>
        </message>
        <message>
            <source>Water level</source>
            <translation>水位</translation>
        </message>
        <message>
            <source>Night</source>
            <translation>夜色</translation>
        </message>
        <message>
            <source>Snow</source>
            <translation>雪</translation>
        </message>
        <message>
            <source>Blue-green</source>
            <translation>青绿</translation>
        </message>
        <message>
            <source>Dusk</source>
            <translation>暮色</translation>
        </message>
        <message>
            <source>per-channel</source>
            <translation>各通道独立</translation>
        </message>
        <message>
            <source>shared</source>
            <translation>各通道相同</translation>
        </message>
    </context>
    <context>
        <name>settings</name>
        <message>
            <source>The settings could not be read, so the usual ones are used. The old file was kept as {file}.</source>
            <translation>无法读取设置，已使用默认设置。旧文件保留为 {file}。</translation>
        </message>
        <message>
            <source>The settings in {file} could not be opened, so the usual ones are used: {reason}.</source>
            <translation>无法打开 {file} 中的设置，已使用默认设置：{reason}。</translation>
        </message>
        <message>
            <source>The settings were written by a newer version of Danqing. What this version knows is used.</source>
            <translation>设置由更新版本的丹青写入。本版本认识的部分已采用。</translation>
        </message>
    </context>
</TS>
