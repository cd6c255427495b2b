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
        <message>
            <source>About this method</source>
            <translation>关于此方法</translation>
        </message>
        <message>
            <source>About this pattern</source>
            <translation>关于此图案</translation>
        </message>
    </context>
    <context>
        <name>Assemble</name>
        <message>
            <source>Pictures</source>
            <translation>图片</translation>
        </message>
        <message>
            <source>Preview</source>
            <translation>预览</translation>
        </message>
        <message>
            <source>Make</source>
            <translation>制作</translation>
        </message>
        <message>
            <source>A preview of some of its pictures is shown here.</source>
            <translation>这里显示用其中部分图片生成的预览。</translation>
        </message>
        <message>
            <source>Looking at the pictures…</source>
            <translation>正在查看图片……</translation>
        </message>
        <message>
            <source>This folder has no picture that can be opened.</source>
            <translation>此文件夹中没有能打开的图片。</translation>
        </message>
        <message>
            <source>Pictures in the folder: {count}</source>
            <translation>文件夹中的图片：{count}</translation>
        </message>
        <message>
            <source>As a layer</source>
            <translation>作为图层</translation>
        </message>
        <message>
            <source>Add detail</source>
            <translation>添加细节</translation>
        </message>
        <message>
            <source>Preview: before and after</source>
            <translation>预览：之前与之后</translation>
        </message>
    </context>
    <context>
        <name>Attention</name>
        <message>
            <source>Ended</source>
            <translation>已完成</translation>
        </message>
    </context>
    <context>
        <name>Augmentation</name>
        <message>
            <source>As the judge sees your pictures</source>
            <translation>判别器眼中的图片</translation>
        </message>
        <message>
            <source>So that few pictures teach more, the judge sees them changed at random: at the left one of yours, beside it five looks. The model itself does not learn to make them so. The recipe chooses the strength.</source>
            <translation>为让少量图片教会更多，判别器看到的是随机变化后的图片：左侧是您的原图，右侧是五种变化。模型本身不会学着画成这样。强度由配方决定。</translation>
        </message>
    </context>
    <context>
        <name>BrushEditor</name>
        <message>
            <source>Tip</source>
            <translation>笔尖</translation>
        </message>
        <message>
            <source>Stroke</source>
            <translation>笔触</translation>
        </message>
        <message>
            <source>Paint</source>
            <translation>颜料</translation>
        </message>
        <message>
            <source>Texture</source>
            <translation>纹理</translation>
        </message>
        <message>
            <source>Mixing</source>
            <translation>混色</translation>
        </message>
        <message>
            <source>Hand</source>
            <translation>手感</translation>
        </message>
        <message>
            <source>Dynamics</source>
            <translation>动态</translation>
        </message>
        <message>
            <source>Brush editor</source>
            <translation>画笔编辑器</translation>
        </message>
        <message>
            <source>Sections</source>
            <translation>分类</translation>
        </message>
        <message>
            <source>What drives {parameter}</source>
            <translation>由什么控制“{parameter}”</translation>
        </message>
        <message>
            <source>Reload</source>
            <translation>重新载入</translation>
        </message>
        <message>
            <source>Save as…</source>
            <translation>另存为…</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>清空</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>色带</translation>
        </message>
        <message>
            <source>Tip of {width} × {height} px</source>
            <translation>笔尖 {width} × {height} px</translation>
        </message>
        <message>
            <source>Pictures as tips</source>
            <translation>用图片作笔尖</translation>
        </message>
        <message>
            <source>Pictures as tips…</source>
            <translation>用图片作笔尖…</translation>
        </message>
        <message>
            <source>Take the tip away</source>
            <translation>移除笔尖</translation>
        </message>
        <message>
            <source>Picture as texture</source>
            <translation>用图片作纹理</translation>
        </message>
        <message>
            <source>Picture as texture…</source>
            <translation>用图片作纹理…</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>图片</translation>
        </message>
        <message>
            <source>{sensor} does not change {parameter}. Tick it to let it.</source>
            <translation>“{sensor}”不影响“{parameter}”。勾选后才会影响。</translation>
        </message>
        <message>
            <source>{sensor} adds between {low} and {high} to {parameter}.</source>
            <translation>“{sensor}”使“{parameter}”增加 {low} 到 {high}。</translation>
        </message>
        <message>
            <source>{sensor} takes {parameter} from {low} to {high}.</source>
            <translation>“{sensor}”使“{parameter}”从 {low} 变到 {high}。</translation>
        </message>
        <message>
            <source>Parameters</source>
            <translation>参数</translation>
        </message>
        <message>
            <source>Sensors</source>
            <translation>传感器</translation>
        </message>
        <message>
            <source>Shape of the curve</source>
            <translation>曲线形状</translation>
        </message>
        <message>
            <source>Paint here to try the brush</source>
            <translation>在这里试画</translation>
        </message>
    </context>
    <context>
        <name>Brushes</name>
        <message>
            <source>Pop-up palette</source>
            <translation>弹出式面板</translation>
        </message>
        <message>
            <source>{name} (altered)</source>
            <translation>{name}（已改动）</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>保存</translation>
        </message>
        <message>
            <source>Save brush as</source>
            <translation>画笔另存为</translation>
        </message>
        <message>
            <source>Name and tags</source>
            <translation>名称和标签</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <source>Tags</source>
            <translation>标签</translation>
        </message>
        <message>
            <source>{name} 2</source>
            <translation>{name} 2</translation>
        </message>
        <message>
            <source>Several tags are divided by commas.</source>
            <translation>多个标签用逗号分开。</translation>
        </message>
        <message>
            <source>My brushes</source>
            <translation>我的画笔</translation>
        </message>
        <message>
            <source>Import brushes</source>
            <translation>导入画笔</translation>
        </message>
        <message>
            <source>Brushes</source>
            <translation>画笔</translation>
        </message>
        <message>
            <source>Export brushes</source>
            <translation>导出画笔</translation>
        </message>
        <message>
            <source>Danqing brushes</source>
            <translation>丹青画笔</translation>
        </message>
        <message>
            <source>All</source>
            <translation>全部</translation>
        </message>
        <message>
            <source>Favourites</source>
            <translation>收藏</translation>
        </message>
        <message>
            <source>Paint with it</source>
            <translation>用它绘画</translation>
        </message>
        <message>
            <source>Erase with it</source>
            <translation>用它擦除</translation>
        </message>
        <message>
            <source>Favourite</source>
            <translation>收藏</translation>
        </message>
        <message>
            <source>Name and tags…</source>
            <translation>名称和标签…</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>导出…</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>删除</translation>
        </message>
        <message>
            <source>Search brushes</source>
            <translation>搜索画笔</translation>
        </message>
        <message>
            <source>Folder or tag</source>
            <translation>文件夹或标签</translation>
        </message>
        <message>
            <source>Save the brush as a new preset</source>
            <translation>把画笔保存为新预设</translation>
        </message>
        <message>
            <source>Edit brush</source>
            <translation>编辑画笔</translation>
        </message>
        <message>
            <source>Save brush</source>
            <translation>保存画笔</translation>
        </message>
        <message>
            <source>Reload brush</source>
            <translation>重新载入画笔</translation>
        </message>
        <message>
            <source>No brush is called so.</source>
            <translation>没有这个名称的画笔。</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>全部显示</translation>
        </message>
        <message>
            <source>Choose a brush</source>
            <translation>选择画笔</translation>
        </message>
    </context>
    <context>
        <name>Canvas</name>
        <message>
            <source>Canvas</source>
            <translation>画布</translation>
        </message>
        <message>
            <source>Layer without a name</source>
            <translation>未命名图层</translation>
        </message>
        <message>
            <source>The theme's surround</source>
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
            <source>Another colour…</source>
            <translation>其他颜色…</translation>
        </message>
        <message>
            <source>Colour around the picture</source>
            <translation>图像周围的颜色</translation>
        </message>
        <message>
            <source>Colour</source>
            <translation>颜色</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>采用</translation>
        </message>
    </context>
    <context>
        <name>CanvasSize</name>
        <message>
            <source>Anchor</source>
            <translation>定位</translation>
        </message>
        <message>
            <source>The part of the picture that stays where it is</source>
            <translation>图片中保持不动的部分</translation>
        </message>
        <message>
            <source>Canvas size</source>
            <translation>画布大小</translation>
        </message>
        <message>
            <source>Pixels that no longer fit are kept; Reveal all brings them back.</source>
            <translation>超出画布的像素会保留；“显示全部”可以找回。</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>更改</translation>
        </message>
    </context>
    <context>
        <name>Channels</name>
        <message>
            <source>All colours</source>
            <translation>所有颜色</translation>
        </message>
        <message>
            <source>Red</source>
            <translation>红</translation>
        </message>
        <message>
            <source>Green</source>
            <translation>绿</translation>
        </message>
        <message>
            <source>Blue</source>
            <translation>蓝</translation>
        </message>
        <message>
            <source>Alpha</source>
            <translation>Alpha</translation>
        </message>
        <message>
            <source>Click shows it alone; Ctrl+click makes it the selection (Shift adds, Alt takes away, both intersect)</source>
            <translation>单击单独显示；Ctrl+单击载入为选区（Shift 添加，Alt 减去，同时按下取交集）</translation>
        </message>
    </context>
    <context>
        <name>ColourPanel</name>
        <message>
            <source>Used colour {colour}</source>
            <translation>用过的颜色 {colour}</translation>
        </message>
        <message>
            <source>Wheel</source>
            <translation>色轮</translation>
        </message>
        <message>
            <source>Sliders</source>
            <translation>滑块</translation>
        </message>
        <message>
            <source>Harmony</source>
            <translation>配色</translation>
        </message>
        <message>
            <source>Colours that were used</source>
            <translation>用过的颜色</translation>
        </message>
    </context>
    <context>
        <name>ColourRow</name>
        <message>
            <source>{name}: colour wheel</source>
            <translation>{name}：色轮</translation>
        </message>
    </context>
    <context>
        <name>ColourSliders</name>
        <message>
            <source>Red</source>
            <translation>红</translation>
        </message>
        <message>
            <source>Green</source>
            <translation>绿</translation>
        </message>
        <message>
            <source>Blue</source>
            <translation>蓝</translation>
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
            <source>Value</source>
            <translation>明度</translation>
        </message>
        <message>
            <source>Lightness</source>
            <translation>亮度</translation>
        </message>
        <message>
            <source>Chroma</source>
            <translation>彩度</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Beyond the mark sRGB has no stronger colour of this lightness and hue</source>
            <translation>标记右侧已超出 sRGB：同样明度与色相下颜色不会再更浓</translation>
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
        <name>ContentScale</name>
        <message>
            <source>Keep</source>
            <translation>保留</translation>
        </message>
        <message>
            <source>Remove first</source>
            <translation>优先去掉</translation>
        </message>
        <message>
            <source>Nothing</source>
            <translation>无</translation>
        </message>
        <message>
            <source>What is selected</source>
            <translation>选中的部分</translation>
        </message>
        <message>
            <source>Layer: {name}</source>
            <translation>图层：{name}</translation>
        </message>
        <message>
            <source>Selection: {name}</source>
            <translation>选区：{name}</translation>
        </message>
        <message>
            <source>Both can be marked by a selection, or by what a layer covers.</source>
            <translation>两者都可以用选区标记，或用图层覆盖的部分标记。</translation>
        </message>
    </context>
    <context>
        <name>CurveEditor</name>
        <message>
            <source>Curve</source>
            <translation>曲线</translation>
        </message>
        <message>
            <source>Press to add a point, drag it, drag it out to remove it.</source>
            <translation>按下添加控制点，拖动移动，拖出范围删除。</translation>
        </message>
        <message>
            <source>Drag to draw the curve.</source>
            <translation>拖动即可画出曲线。</translation>
        </message>
        <message>
            <source>Straight</source>
            <translation>直线</translation>
        </message>
        <message>
            <source>Soft start</source>
            <translation>缓起</translation>
        </message>
        <message>
            <source>Firm start</source>
            <translation>急起</translation>
        </message>
        <message>
            <source>S curve</source>
            <translation>S 曲线</translation>
        </message>
        <message>
            <source>Step</source>
            <translation>阶跃</translation>
        </message>
        <message>
            <source>Falling</source>
            <translation>下降</translation>
        </message>
        <message>
            <source>Bow</source>
            <translation>弓形</translation>
        </message>
        <message>
            <source>{curve}: show the curve</source>
            <translation>{curve}：显示曲线</translation>
        </message>
        <message>
            <source>{curve}: draw it freehand</source>
            <translation>{curve}：徒手绘制</translation>
        </message>
        <message>
            <source>{curve}: make it straight</source>
            <translation>{curve}：拉直</translation>
        </message>
        <message>
            <source>Tone before</source>
            <translation>原色调</translation>
        </message>
        <message>
            <source>Tone after</source>
            <translation>新色调</translation>
        </message>
    </context>
    <context>
        <name>CutOut</name>
        <message>
            <source>Preview of the cut-out</source>
            <translation>抠图预览</translation>
        </message>
        <message>
            <source>Cut out</source>
            <translation>抠图</translation>
        </message>
        <message>
            <source>Checkers</source>
            <translation>棋盘格</translation>
        </message>
        <message>
            <source>Black</source>
            <translation>黑底</translation>
        </message>
        <message>
            <source>White</source>
            <translation>白底</translation>
        </message>
        <message>
            <source>Mask</source>
            <translation>蒙版</translation>
        </message>
        <message>
            <source>Before</source>
            <translation>原图</translation>
        </message>
        <message>
            <source>A selection says roughly what stays. F changes the ground.</source>
            <translation>选区大致指出要保留的部分。按 F 切换底色。</translation>
        </message>
        <message>
            <source>The outline is being found…</source>
            <translation>正在查找轮廓…</translation>
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
        <name>DirectionName</name>
        <message>
            <source>Rename direction</source>
            <translation>重命名方向</translation>
        </message>
        <message>
            <source>English name</source>
            <translation>英文名称</translation>
        </message>
        <message>
            <source>Chinese name</source>
            <translation>中文名称</translation>
        </message>
        <message>
            <source>The name is yours and is kept with this model's name; pictures stay the same.</source>
            <translation>名称由你决定，随模型名保存；图片不变。</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>重命名</translation>
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
        <message>
            <source>All panels of this group</source>
            <translation>此组的全部面板</translation>
        </message>
    </context>
    <context>
        <name>Effects</name>
        <message>
            <source>shown</source>
            <translation>显示</translation>
        </message>
        <message>
            <source>not shown</source>
            <translation>不显示</translation>
        </message>
        <message>
            <source>shown on some of the layers</source>
            <translation>只有部分图层显示</translation>
        </message>
        <message>
            <source>Layer effects</source>
            <translation>图层效果</translation>
        </message>
        <message>
            <source>Effects of {count} layers</source>
            <translation>{count} 个图层的效果</translation>
        </message>
        <message>
            <source>Apply</source>
            <translation>应用</translation>
        </message>
        <message>
            <source>Angle of the global light</source>
            <translation>全局光角度</translation>
        </message>
        <message>
            <source>Altitude of the global light</source>
            <translation>全局光高度</translation>
        </message>
        <message>
            <source>Left out, being locked or filter layers: {names}.</source>
            <translation>未包括已锁定的图层和滤镜图层：{names}。</translation>
        </message>
        <message>
            <source>≠ differs among the layers: each keeps its own until you change the value here.</source>
            <translation>≠ 表示各图层的数值不同：在此更改之前，各自保持原样。</translation>
        </message>
        <message>
            <source>What you change here is changed on all of these layers.</source>
            <translation>在此所作的更改会应用到所有这些图层。</translation>
        </message>
        <message>
            <source>, </source>
            <translation>、</translation>
        </message>
    </context>
    <context>
        <name>Encode</name>
        <message>
            <source>Encode layer</source>
            <translation>编码图层</translation>
        </message>
        <message>
            <source>Layer, reconstruction, difference</source>
            <translation>图层、重建、差异</translation>
        </message>
        <message>
            <source>Show outliers</source>
            <translation>显示异常处</translation>
        </message>
        <message>
            <source>What the model draws worse than it usually does</source>
            <translation>模型画得比平常差的地方</translation>
        </message>
        <message>
            <source>Select outliers</source>
            <translation>选择异常处</translation>
        </message>
        <message>
            <source>Outliers as layer mask</source>
            <translation>异常处作为图层蒙版</translation>
        </message>
        <message>
            <source>Lay above with sliders</source>
            <translation>置于上方并带滑块</translation>
        </message>
        <message>
            <source>Looking at the layer…</source>
            <translation>正在读取图层…</translation>
        </message>
        <message>
            <source>Looking at what is usual for this model…</source>
            <translation>正在了解此模型平常的误差…</translation>
        </message>
        <message>
            <source>Seen as “{label}”.</source>
            <translation>识别为“{label}”。</translation>
        </message>
        <message>
            <source>Layer</source>
            <translation>图层</translation>
        </message>
        <message>
            <source>In the model</source>
            <translation>模型中</translation>
        </message>
        <message>
            <source>Outliers</source>
            <translation>异常处</translation>
        </message>
    </context>
    <context>
        <name>Examples</name>
        <message>
            <source>Undecided; a click says yes</source>
            <translation>未定；点按表示想要</translation>
        </message>
        <message>
            <source>As wanted; a click says no</source>
            <translation>想要；点按表示不要</translation>
        </message>
        <message>
            <source>Not wanted; a click takes it back</source>
            <translation>不要；点按取消</translation>
        </message>
        <message>
            <source>Slider from examples</source>
            <translation>由示例生成滑块</translation>
        </message>
        <message>
            <source>Pictures, wanted or not</source>
            <translation>图片：想要或不要</translation>
        </message>
        <message>
            <source>Make slider</source>
            <translation>生成滑块</translation>
        </message>
        <message>
            <source>{yes} wanted, {no} not; from {fewest} of each on, ten of each are better</source>
            <translation>想要 {yes} 张，不要 {no} 张；各至少 {fewest} 张，各十张更好</translation>
        </message>
    </context>
    <context>
        <name>ExplorePanel</name>
        <message>
            <source>The model “{model}” of this layer is missing. Its picture stays; with its file the sliders move again.</source>
            <translation>此图层的模型“{model}”缺失。图片仍会显示；定位模型文件后，滑块即可再次使用。</translation>
        </message>
        <message>
            <source>Locate…</source>
            <translation>定位…</translation>
        </message>
        <message>
            <source>{layer}: variation {number} of {count}</source>
            <translation>{layer}：第 {number} / {count} 个变体</translation>
        </message>
        <message>
            <source>{model}: for the next pictures</source>
            <translation>{model}：用于接下来的图片</translation>
        </message>
        <message>
            <source>{what} · learning, step {step}</source>
            <translation>{what} · 训练中，第 {step} 步</translation>
        </message>
        <message>
            <source>This model has no sliders yet; it can be looked through for directions.</source>
            <translation>此模型还没有滑块，可以在其中寻找方向。</translation>
        </message>
        <message>
            <source>The change shows inside the selection alone, on a part that lies over the layer</source>
            <translation>变化只显示在选区内，位于图层上方的局部图层上</translation>
        </message>
        <message>
            <source>Nothing is selected</source>
            <translation>没有选区</translation>
        </message>
        <message>
            <source>Looks for what changes this model's pictures most, and makes sliders of it</source>
            <translation>寻找最能改变此模型图片的方向，并做成滑块</translation>
        </message>
        <message>
            <source>Only in the selection</source>
            <translation>仅选区内</translation>
        </message>
        <message>
            <source>One slider by chance, by 1 σ up or down</source>
            <translation>随机取一个滑块，升或降 1 σ</translation>
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
            <source>Stop · {part} %</source>
            <translation>停止 · {part} %</translation>
        </message>
        <message>
            <source>Import model…</source>
            <translation>导入模型…</translation>
        </message>
        <message>
            <source>Stop here</source>
            <translation>停在这里</translation>
        </message>
        <message>
            <source>Go along the path</source>
            <translation>沿路径播放</translation>
        </message>
        <message>
            <source>Film along the path</source>
            <translation>沿路径生成动画</translation>
        </message>
        <message>
            <source>Drag in two directions at once; Shift slows, Ctrl takes whole steps, Space goes back to the start, a double click opens it over the canvas</source>
            <translation>同时沿两个方向拖动；Shift 放慢，Ctrl 取整步，空格回到起点，双击在画布上展开</translation>
        </message>
        <message>
            <source>Record the next drag as a path</source>
            <translation>将下一次拖动记录为路径</translation>
        </message>
        <message>
            <source>Direction across</source>
            <translation>横向的方向</translation>
        </message>
        <message>
            <source>Direction up</source>
            <translation>纵向的方向</translation>
        </message>
        <message>
            <source>The name resets, a double click types</source>
            <translation>单击名称归零，双击数值输入</translation>
        </message>
        <message>
            <source>Back on the walk</source>
            <translation>沿路线后退</translation>
        </message>
        <message>
            <source>Forward on the walk</source>
            <translation>沿路线前进</translation>
        </message>
        <message>
            <source>Walk</source>
            <translation>探索路线</translation>
        </message>
        <message>
            <source>Where you stop with a slider stands here.</source>
            <translation>滑块停过的地方都会列在这里。</translation>
        </message>
        <message>
            <source>Reset</source>
            <translation>重置</translation>
        </message>
        <message>
            <source>Type a value</source>
            <translation>输入数值</translation>
        </message>
        <message>
            <source>Make this the start</source>
            <translation>设为起点</translation>
        </message>
        <message>
            <source>Animate…</source>
            <translation>制作动画…</translation>
        </message>
        <message>
            <source>Rename…</source>
            <translation>重命名…</translation>
        </message>
        <message>
            <source>Reverse</source>
            <translation>反向</translation>
        </message>
        <message>
            <source>Hide</source>
            <translation>隐藏</translation>
        </message>
        <message>
            <source>Film along “{name}”</source>
            <translation>沿“{name}”的动画</translation>
        </message>
        <message>
            <source>Measured: every other slider changes by at most {most} of it</source>
            <translation>实测：其他滑块最多随之改变 {most}</translation>
        </message>
        <message>
            <source>Also changes: {others}</source>
            <translation>也会改变：{others}</translation>
        </message>
        <message>
            <source>One is pinned; pin a second to mix them</source>
            <translation>已钉住一个；再钉一个即可混合</translation>
        </message>
        <message>
            <source>Mixture of {numbers}</source>
            <translation>{numbers} 的混合</translation>
        </message>
        <message>
            <source>Share</source>
            <translation>份额</translation>
        </message>
        <message>
            <source>How much of the right one; the first move makes a new variation</source>
            <translation>右侧一张所占的份额；首次拖动会生成新变体</translation>
        </message>
        <message>
            <source>Pad between pinned results</source>
            <translation>钉住结果之间的混合板</translation>
        </message>
        <message>
            <source>Drag between the pinned results; the first move makes a new variation; a double click opens it over the canvas</source>
            <translation>在固定的结果之间拖动；首次拖动会生成新变体；双击在画布上展开</translation>
        </message>
        <message>
            <source>Take all off the pad</source>
            <translation>全部取下</translation>
        </message>
        <message>
            <source>Variety by layers</source>
            <translation>分级多样性</translation>
        </message>
        <message>
            <source>Fold or unfold variety by layers</source>
            <translation>折叠或展开分级多样性</translation>
        </message>
        <message>
            <source>Coarse</source>
            <translation>粗</translation>
        </message>
        <message>
            <source>Middle</source>
            <translation>中</translation>
        </message>
        <message>
            <source>Fine</source>
            <translation>细</translation>
        </message>
        <message>
            <source>Variety of the composition; the name gives it back to Variety</source>
            <translation>构图的多样性；点名称则随“多样性”变化</translation>
        </message>
        <message>
            <source>Variety of shapes; the name gives it back to Variety</source>
            <translation>形状的多样性；点名称则随“多样性”变化</translation>
        </message>
        <message>
            <source>Variety of colour and detail; the name gives it back to Variety</source>
            <translation>颜色与细节的多样性；点名称则随“多样性”变化</translation>
        </message>
        <message>
            <source>Drag anywhere · Space: back to the start · Esc: back to the panel</source>
            <translation>任意处拖动 · 空格：回到起点 · Esc：回到面板</translation>
        </message>
    </context>
    <context>
        <name>Export</name>
        <message>
            <source>Export</source>
            <translation>导出</translation>
        </message>
        <message>
            <source>Export layer</source>
            <translation>导出图层</translation>
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
            <source>Colour profile</source>
            <translation>配置文件</translation>
        </message>
        <message>
            <source>Relative colorimetric</source>
            <translation>相对比色</translation>
        </message>
        <message>
            <source>Perceptual</source>
            <translation>可感知</translation>
        </message>
        <message>
            <source>Saturation</source>
            <translation>饱和度</translation>
        </message>
        <message>
            <source>Absolute colorimetric</source>
            <translation>绝对比色</translation>
        </message>
        <message>
            <source>Rendering intent</source>
            <translation>渲染意图</translation>
        </message>
        <message>
            <source>Black point compensation</source>
            <translation>黑场补偿</translation>
        </message>
        <message>
            <source>Keep the picture's ({name})</source>
            <translation>保留图片的（{name}）</translation>
        </message>
        <message>
            <source>Convert to {name}</source>
            <translation>转换为 {name}</translation>
        </message>
        <message>
            <source>ICC file…</source>
            <translation>ICC 文件…</translation>
        </message>
        <message>
            <source>Colour profile of the file</source>
            <translation>文件的颜色配置文件</translation>
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
            <source>Linear colours in 8 bits show steps in the shadows. Choose PNG or TIFF with 16 bits.</source>
            <translation>8 位的线性颜色会在暗部出现色带。请选择 16 位的 PNG 或 TIFF。</translation>
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
            <source>This layer holds values: its numbers are written as they are, without a profile.</source>
            <translation>此图层保存的是数值：数字原样写入，不带色彩配置文件。</translation>
        </message>
        <message>
            <source>Export as {name}</source>
            <translation>导出为 {name}</translation>
        </message>
        <message>
            <source>Folder of a labelled set, new or begun</source>
            <translation>带标注的数据集的文件夹（新建或已有）</translation>
        </message>
    </context>
    <context>
        <name>FeatureMap</name>
        <message>
            <source>Feature map</source>
            <translation>特征图</translation>
        </message>
        <message>
            <source>Enlarge to the picture</source>
            <translation>放大到画面大小</translation>
        </message>
        <message>
            <source>As a new layer</source>
            <translation>作为新图层</translation>
        </message>
        <message>
            <source>Picture, its middle</source>
            <translation>画面的中央部分</translation>
        </message>
        <message>
            <source>The kernel or the pooling does not fit into the picture. Choose a padding, a smaller kernel or a smaller pooling.</source>
            <translation>卷积核或池化超出画面。请选择填充方式、较小的卷积核或较小的池化。</translation>
        </message>
        <message>
            <source>Convolution: ⌊(n + 2 · {padding} − {side}) / {stride}⌋ + 1, kernel {kernel}</source>
            <translation>卷积：⌊(n + 2 · {padding} − {side}) / {stride}⌋ + 1，卷积核 {kernel}</translation>
        </message>
        <message>
            <source>Pooling: ⌊n / {size}⌋</source>
            <translation>池化：⌊n / {size}⌋</translation>
        </message>
    </context>
    <context>
        <name>FileRow</name>
        <message>
            <source>No file</source>
            <translation>未选文件</translation>
        </message>
        <message>
            <source>{parameter}: choose a file</source>
            <translation>{parameter}：选择文件</translation>
        </message>
        <message>
            <source>{parameter}: take it out</source>
            <translation>{parameter}：移除</translation>
        </message>
    </context>
    <context>
        <name>Files</name>
        <message>
            <source>Pictures and projects</source>
            <translation>图片与项目</translation>
        </message>
        <message>
            <source>Models, directions and latents</source>
            <translation>模型、方向和潜变量</translation>
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
            <source>Export model</source>
            <translation>导出模型</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Film from variation to variation</source>
            <translation>变体之间的过渡动画</translation>
        </message>
        <message>
            <source>Save latent</source>
            <translation>保存潜变量</translation>
        </message>
        <message>
            <source>Open latent</source>
            <translation>打开潜变量</translation>
        </message>
        <message>
            <source>Latents</source>
            <translation>潜变量</translation>
        </message>
    </context>
    <context>
        <name>FillLayer</name>
        <message>
            <source>Fill layer: {kind}</source>
            <translation>填充图层：{kind}</translation>
        </message>
        <message>
            <source>The gradient tool moves its line on the canvas.</source>
            <translation>用渐变工具可在画布上移动渐变线。</translation>
        </message>
        <message>
            <source>Apply</source>
            <translation>应用</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>暂停</translation>
        </message>
        <message>
            <source>Play along the third axis</source>
            <translation>沿第三轴播放</translation>
        </message>
        <message>
            <source>Animate</source>
            <translation>动画</translation>
        </message>
        <message>
            <source>Write loop…</source>
            <translation>写出循环动画…</translation>
        </message>
        <message>
            <source>As animated WebP or GIF, video, or PNG files, without a seam</source>
            <translation>写成无接缝的动态 WebP 或 GIF、视频或 PNG 文件</translation>
        </message>
    </context>
    <context>
        <name>Filter</name>
        <message>
            <source>As filter layer</source>
            <translation>作为滤镜图层</translation>
        </message>
        <message>
            <source>Apply</source>
            <translation>应用</translation>
        </message>
        <message>
            <source>Zoom to 100 % to see what it does.</source>
            <translation>将视图缩放到 100 % 才能看到效果。</translation>
        </message>
        <message>
            <source>Preview</source>
            <translation>预览</translation>
        </message>
        <message>
            <source>Before and after</source>
            <translation>前后对比</translation>
        </message>
        <message>
            <source>Batch</source>
            <translation>批处理</translation>
        </message>
        <message>
            <source>Filters every picture of a folder into another one; the pictures themselves stay as they are. Started again, a batch does only what is not done yet.</source>
            <translation>把一个文件夹中的每张图片经滤镜处理后存入另一个文件夹，原图保持不变。再次开始时，只处理尚未完成的图片。</translation>
        </message>
        <message>
            <source>Recipe</source>
            <translation>配方</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>图片</translation>
        </message>
        <message>
            <source>Results</source>
            <translation>结果</translation>
        </message>
        <message>
            <source>A labelled set to learn from</source>
            <translation>用于学习的带标注数据集</translation>
        </message>
        <message>
            <source>Draws the parameters of the filters anew for each result and notes them beside it, with a caption; started again it makes all of them once more</source>
            <translation>为每个结果重新抽取滤镜参数，并与说明文字一起记录在旁；再次开始时会全部重做</translation>
        </message>
        <message>
            <source>Results of each</source>
            <translation>每张的结果数</translation>
        </message>
        <message>
            <source>{row}: choose</source>
            <translation>{row}：选择</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>开始</translation>
        </message>
        <message>
            <source>The filters of this picture: {count}</source>
            <translation>此图片的滤镜：{count}</translation>
        </message>
        <message>
            <source>Choose a recipe, or drop it here</source>
            <translation>选择配方，或拖放到这里</translation>
        </message>
        <message>
            <source>Choose a folder, or drop it here</source>
            <translation>选择文件夹，或拖放到这里</translation>
        </message>
        <message>
            <source>Filter recipes (*.json)</source>
            <translation>滤镜配方 (*.json)</translation>
        </message>
        <message>
            <source>Save filters as a recipe</source>
            <translation>将滤镜存为配方</translation>
        </message>
        <message>
            <source>Add filters of a recipe</source>
            <translation>添加配方中的滤镜</translation>
        </message>
        <message>
            <source>Presets</source>
            <translation>预设</translation>
        </message>
        <message>
            <source>Name of the preset</source>
            <translation>预设名称</translation>
        </message>
        <message>
            <source>Save these values as a preset</source>
            <translation>将这些参数存为预设</translation>
        </message>
        <message>
            <source>Delete the preset</source>
            <translation>删除预设</translation>
        </message>
        <message>
            <source>The filter's first values</source>
            <translation>恢复滤镜的初始参数</translation>
        </message>
        <message>
            <source>Find from the picture</source>
            <translation>从画面中查找</translation>
        </message>
        <message>
            <source>Uprights</source>
            <translation>竖线</translation>
        </message>
        <message>
            <source>Lines of the picture that should be upright stand upright</source>
            <translation>让画面中本应竖直的线条竖直</translation>
        </message>
        <message>
            <source>Uprights and levels</source>
            <translation>竖线与横线</translation>
        </message>
        <message>
            <source>A façade faces the camera: its upright and level lines are both straight</source>
            <translation>让建筑正面朝向镜头：竖线与横线都变直</translation>
        </message>
        <message>
            <source>none chosen</source>
            <translation>未选择</translation>
        </message>
        <message>
            <source>Map: {name}</source>
            <translation>置换图：{name}</translation>
        </message>
        <message>
            <source>Depth: {name}</source>
            <translation>深度图：{name}</translation>
        </message>
        <message>
            <source>File…</source>
            <translation>文件…</translation>
        </message>
        <message>
            <source>Take from a picture</source>
            <translation>取自图片</translation>
        </message>
        <message>
            <source>Depth from…</source>
            <translation>深度图取自…</translation>
        </message>
        <message>
            <source>Another layer, or a picture in a file, says by its greys how far away everything is</source>
            <translation>用另一个图层或文件中图片的灰度表示各处的远近</translation>
        </message>
        <message>
            <source>Map from…</source>
            <translation>置换图取自…</translation>
        </message>
        <message>
            <source>Pixels move by another layer, or by a picture in a file: red across, green down</source>
            <translation>像素按另一个图层或文件中的图片移动：红色横向，绿色纵向</translation>
        </message>
        <message>
            <source>Take from…</source>
            <translation>取自…</translation>
        </message>
        <message>
            <source>The values become those of another layer, or of a picture in a file</source>
            <translation>参数取自另一个图层，或文件中的图片</translation>
        </message>
        <message>
            <source>How the filter's result is laid over the pixels there are</source>
            <translation>滤镜结果叠加到原有像素上的方式</translation>
        </message>
        <message>
            <source>How much of the filter's result is taken; at 0 % nothing changes</source>
            <translation>采用多少滤镜结果；0 % 时没有变化</translation>
        </message>
        <message>
            <source>The left half stays as it is</source>
            <translation>左半边保持原样</translation>
        </message>
    </context>
    <context>
        <name>FiltersPanel</name>
        <message>
            <source>computing</source>
            <translation>计算中</translation>
        </message>
        <message>
            <source>About this filter</source>
            <translation>关于此滤镜</translation>
        </message>
        <message>
            <source>An older result is shown until this one is ready</source>
            <translation>完成之前显示上一次的结果</translation>
        </message>
        <message>
            <source>Search filters</source>
            <translation>搜索滤镜</translation>
        </message>
        <message>
            <source>Compare with and without this filter</source>
            <translation>比较有无此滤镜</translation>
        </message>
        <message>
            <source>Put the centre or the corners on the picture</source>
            <translation>在图像上放置中心或角点</translation>
        </message>
        <message>
            <source>Filter again, recipes</source>
            <translation>再次应用滤镜、配方</translation>
        </message>
        <message>
            <source>No filter is called so.</source>
            <translation>没有叫这个名字的滤镜。</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>全部显示</translation>
        </message>
        <message>
            <source>Last used</source>
            <translation>最近使用</translation>
        </message>
        <message>
            <source>Favourites</source>
            <translation>收藏</translation>
        </message>
        <message>
            <source>{filter}, favourite</source>
            <translation>{filter}，已收藏</translation>
        </message>
        <message>
            <source>{name}, folded</source>
            <translation>{name}，已折叠</translation>
        </message>
        <message>
            <source>{filter}: favourite or not (Space)</source>
            <translation>{filter}：收藏或取消收藏（空格）</translation>
        </message>
        <message>
            <source>{filter}: new filter layer (Shift+Enter)</source>
            <translation>{filter}：新建滤镜图层（Shift+Enter）</translation>
        </message>
        <message>
            <source>{filter}: try on the layer (Enter)</source>
            <translation>{filter}：在图层上试用（Enter）</translation>
        </message>
    </context>
    <context>
        <name>FindInModel</name>
        <message>
            <source>Find layer in model</source>
            <translation>在模型中寻找图层</translation>
        </message>
        <message>
            <source>The layer</source>
            <translation>图层</translation>
        </message>
        <message>
            <source>In the model</source>
            <translation>模型中</translation>
        </message>
        <message>
            <source>Film of the search</source>
            <translation>寻找过程</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Use this one</source>
            <translation>采用这一张</translation>
        </message>
        <message>
            <source>Step {step}</source>
            <translation>第 {step} 步</translation>
        </message>
        <message>
            <source>Looking for the nearest picture to begin at…</source>
            <translation>正在寻找最接近的起点图片…</translation>
        </message>
        <message>
            <source>Step {step} of {steps} · difference {difference}</source>
            <translation>第 {step} / {steps} 步 · 差异 {difference}</translation>
        </message>
    </context>
    <context>
        <name>FolderMap</name>
        <message>
            <source>Map of a folder</source>
            <translation>文件夹地图</translation>
        </message>
        <message>
            <source>Map</source>
            <translation>地图</translation>
        </message>
        <message>
            <source>Under the brush</source>
            <translation>画笔之下</translation>
        </message>
        <message>
            <source>Brush</source>
            <translation>画笔</translation>
        </message>
        <message>
            <source>Mix picked pictures</source>
            <translation>混合选中的图片</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Folder of pictures</source>
            <translation>图片文件夹</translation>
        </message>
        <message>
            <source>of your own pictures; it is only read</source>
            <translation>自己的图片；只读取，不改动</translation>
        </message>
        <message>
            <source>Choose a folder…</source>
            <translation>选择文件夹…</translation>
        </message>
        <message>
            <source>Pictures so far: {count}…</source>
            <translation>已读取 {count} 张图片…</translation>
        </message>
        <message>
            <source>Pictures: {count}; the map shows {share} of what sets them apart.</source>
            <translation>{count} 张图片；地图显示了其差别的 {share}。</translation>
        </message>
        <message>
            <source>Files that cannot be read or are too small: {count}.</source>
            <translation>{count} 个文件无法读取或太小。</translation>
        </message>
        <message>
            <source>Left out by chance: {count}.</source>
            <translation>另有 {count} 张随机略去。</translation>
        </message>
        <message>
            <source>Pictures that the model finds alike come to lie near each other; a brush draws what is between them.</source>
            <translation>模型认为相似的图片彼此靠近；用画笔可画出它们之间的画面。</translation>
        </message>
        <message>
            <source>Drag to draw, double-click to take a picture, Ctrl-click to pick several.</source>
            <translation>拖动以绘制，双击采用一张图片，按住 Ctrl 单击可选多张。</translation>
        </message>
    </context>
    <context>
        <name>Fuse</name>
        <message>
            <source>Blend pictures</source>
            <translation>图像融合</translation>
        </message>
        <message>
            <source>The selected layers become a new layer above them. They stay as they are.</source>
            <translation>所选图层在其上方合成一个新图层，原图层保持不变。</translation>
        </message>
        <message>
            <source>Preview of the blend</source>
            <translation>混合预览</translation>
        </message>
        <message>
            <source>Method</source>
            <translation>方法</translation>
        </message>
        <message>
            <source>Compare with</source>
            <translation>对比</translation>
        </message>
        <message>
            <source>Blend</source>
            <translation>融合</translation>
        </message>
        <message>
            <source>The network looks at the pictures… {part} %</source>
            <translation>网络正在分析图片… {part} %</translation>
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
            <source>own detail</source>
            <translation>自有细节</translation>
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
            <source>Export model…</source>
            <translation>导出模型…</translation>
        </message>
        <message>
            <source>Show file</source>
            <translation>显示文件</translation>
        </message>
        <message>
            <source>step {step}</source>
            <translation>第 {step} 步</translation>
        </message>
        <message>
            <source>any</source>
            <translation>任意</translation>
        </message>
        <message>
            <source>Any class</source>
            <translation>任意类别</translation>
        </message>
        <message>
            <source>No other class</source>
            <translation>不混合其他类别</translation>
        </message>
        <message>
            <source>Class</source>
            <translation>类别</translation>
        </message>
        <message>
            <source>Towards</source>
            <translation>趋向</translation>
        </message>
        <message>
            <source>Mixed</source>
            <translation>混合比例</translation>
        </message>
        <message>
            <source>What the pictures are of; any: by chance, with the seed</source>
            <translation>图片的类别；任意：由种子随机决定</translation>
        </message>
        <message>
            <source>Another class that the pictures are mixed with</source>
            <translation>与图片混合的另一个类别</translation>
        </message>
        <message>
            <source>0 %: the class alone, 100 %: the other one</source>
            <translation>0 %：仅此类别，100 %：另一个类别</translation>
        </message>
    </context>
    <context>
        <name>GradientBar</name>
        <message>
            <source>Turn the gradient round</source>
            <translation>反转渐变</translation>
        </message>
        <message>
            <source>Colour of the chosen stop</source>
            <translation>所选色标的颜色</translation>
        </message>
        <message>
            <source>Ready-made gradients</source>
            <translation>预设渐变</translation>
        </message>
        <message>
            <source>Opacity</source>
            <translation>不透明度</translation>
        </message>
        <message>
            <source>Press beside the stops to add one; pull one away to drop it</source>
            <translation>在色标旁按下可添加色标；将色标拖离即可删除</translation>
        </message>
    </context>
    <context>
        <name>GuidesDialog</name>
        <message>
            <source>Columns and rows</source>
            <translation>列与行</translation>
        </message>
        <message>
            <source>Lay out guides</source>
            <translation>生成参考线</translation>
        </message>
        <message>
            <source>Add vertical guide</source>
            <translation>添加垂直参考线</translation>
        </message>
        <message>
            <source>Add horizontal guide</source>
            <translation>添加水平参考线</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>完成</translation>
        </message>
    </context>
    <context>
        <name>Histogram</name>
        <message>
            <source>Open a picture to see its histogram.</source>
            <translation>打开一张图像即可查看直方图。</translation>
        </message>
        <message>
            <source>Value {value}: {part} % of the pixels are not brighter</source>
            <translation>数值 {value}：{part} % 的像素不亮于此</translation>
        </message>
        <message>
            <source>Mean {mean} · deviation {deviation} · median {median}</source>
            <translation>平均 {mean} · 标准差 {deviation} · 中位数 {median}</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>颜色</translation>
        </message>
        <message>
            <source>Red</source>
            <translation>红</translation>
        </message>
        <message>
            <source>Green</source>
            <translation>绿</translation>
        </message>
        <message>
            <source>Blue</source>
            <translation>蓝</translation>
        </message>
        <message>
            <source>Luminance</source>
            <translation>明度</translation>
        </message>
        <message>
            <source>Channel</source>
            <translation>通道</translation>
        </message>
        <message>
            <source>Histogram</source>
            <translation>直方图</translation>
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
        <name>ImageSize</name>
        <message>
            <source>{old} → {new} pixels, {millions} megapixels</source>
            <translation>{old} → {new} 像素，{millions} 百万像素</translation>
        </message>
        <message>
            <source>Image size</source>
            <translation>图像大小</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>自动</translation>
        </message>
        <message>
            <source>Lanczos (sharp)</source>
            <translation>Lanczos（锐利）</translation>
        </message>
        <message>
            <source>Bicubic, Mitchell (smooth)</source>
            <translation>双三次 Mitchell（平滑）</translation>
        </message>
        <message>
            <source>Area (means)</source>
            <translation>区域平均</translation>
        </message>
        <message>
            <source>Linear</source>
            <translation>线性</translation>
        </message>
        <message>
            <source>Nearest (hard pixels)</source>
            <translation>最近邻（硬像素）</translation>
        </message>
        <message>
            <source>Pixel art, EPX (× 2, × 4, …)</source>
            <translation>像素画，EPX（× 2、× 4……）</translation>
        </message>
        <message>
            <source>Pixel art, Scale3x (× 3, × 9)</source>
            <translation>像素画，三倍放大（× 3、× 9）</translation>
        </message>
        <message>
            <source>Pixel art, smooth (xBR, × 2, × 4, …)</source>
            <translation>像素画，平滑（xBR，× 2、× 4……）</translation>
        </message>
        <message>
            <source>No resampling, only the resolution</source>
            <translation>不重新采样，只改分辨率</translation>
        </message>
        <message>
            <source>Resampling</source>
            <translation>重新采样</translation>
        </message>
        <message>
            <source>Resize</source>
            <translation>调整</translation>
        </message>
        <message>
            <source>Width, height and resolution are numbers above 0; at most {side} pixels a side.</source>
            <translation>宽度、高度和分辨率必须是大于 0 的数；每边最多 {side} 像素。</translation>
        </message>
        <message>
            <source>Keep proportions</source>
            <translation>保持比例</translation>
        </message>
    </context>
    <context>
        <name>Info</name>
        <message>
            <source>Selection {width} × {height} px</source>
            <translation>选区 {width} × {height} px</translation>
        </message>
        <message>
            <source>“Pin a sampler” in the View menu keeps the colour under the pen here in view.</source>
            <translation>用视图菜单的“钉住取样点”，画笔下的颜色就会一直显示在这里。</translation>
        </message>
        <message>
            <source>{key} pins a sampler under the pen: its colour stays here in view.</source>
            <translation>按 {key} 在画笔处钉住取样点：它的颜色会一直显示在这里。</translation>
        </message>
        <message>
            <source>Remove all samplers</source>
            <translation>移除所有取样点</translation>
        </message>
        <message>
            <source>Remove sampler</source>
            <translation>移除取样点</translation>
        </message>
        <message>
            <source>Colour now</source>
            <translation>现在的颜色</translation>
        </message>
        <message>
            <source>Colour before</source>
            <translation>之前的颜色</translation>
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
        <name>Judging</name>
        <message>
            <source>{name}, step {step}</source>
            <translation>{name}，第 {step} 步</translation>
        </message>
        <message>
            <source>Generated beside real</source>
            <translation>生成与真实并排</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>种子</translation>
        </message>
        <message>
            <source>Real picture</source>
            <translation>真实图片</translation>
        </message>
        <message>
            <source>The one most like it</source>
            <translation>最相似的一张</translation>
        </message>
        <message>
            <source>Takes the real picture that is nearest to the generated one, whichever it is</source>
            <translation>自动选取与生成图片最接近的真实图片</translation>
        </message>
        <message>
            <source>Generated, real, difference</source>
            <translation>生成、真实、差异</translation>
        </message>
        <message>
            <source>Looking at the real pictures: {done} of {total}</source>
            <translation>正在查看真实图片：第 {done} 张，共 {total} 张</translation>
        </message>
        <message>
            <source>Generated</source>
            <translation>生成</translation>
        </message>
        <message>
            <source>Real</source>
            <translation>真实</translation>
        </message>
        <message>
            <source>Difference</source>
            <translation>差异</translation>
        </message>
        <message>
            <source>Choose a folder of pictures in the Training panel: its pictures are the real ones.</source>
            <translation>请在“训练”面板选择图片文件夹：其中的图片就是真实图片。</translation>
        </message>
        <message>
            <source>They differ by {value} of 255 in the mean. The wheel zooms all, a drag moves all.</source>
            <translation>平均相差 {value}（共 255 级）。滚轮同时缩放，拖动同时移动。</translation>
        </message>
        <message>
            <source>Blind vote</source>
            <translation>盲选</translation>
        </message>
        <message>
            <source>One model</source>
            <translation>一个模型</translation>
        </message>
        <message>
            <source>Other model</source>
            <translation>另一个模型</translation>
        </message>
        <message>
            <source>Pairs</source>
            <translation>对数</translation>
        </message>
        <message>
            <source>Two pictures to choose from</source>
            <translation>供选择的两张图片</translation>
        </message>
        <message>
            <source>Left is better</source>
            <translation>左边更好</translation>
        </message>
        <message>
            <source>Neither</source>
            <translation>都不选</translation>
        </message>
        <message>
            <source>Right is better</source>
            <translation>右边更好</translation>
        </message>
        <message>
            <source>Begin</source>
            <translation>开始</translation>
        </message>
        <message>
            <source>The pictures are made…</source>
            <translation>正在生成图片…</translation>
        </message>
        <message>
            <source>Pair {number} of {count}. Whose they are is told at the end.</source>
            <translation>第 {number} 对，共 {count} 对。最后才揭晓各属哪个模型。</translation>
        </message>
        <message>
            <source>A vote needs two models: train one, or import one.</source>
            <translation>盲选需要两个模型：请训练或导入一个。</translation>
        </message>
        <message>
            <source>Choose two different models.</source>
            <translation>请选择两个不同的模型。</translation>
        </message>
        <message>
            <source>Pairs of one seed, on sides drawn at random. Choose the better picture of each.</source>
            <translation>每对使用同一种子，左右随机。请选出每对中更好的图片。</translation>
        </message>
        <message>
            <source>No picture was chosen, so nothing can be said.</source>
            <translation>没有选出任何图片，无法得出结论。</translation>
        </message>
        <message>
            <source>“{one}” won {share} of {count} [{low} … {high}] against “{other}”.</source>
            <translation>“{one}”对“{other}”在 {count} 对中胜出 {share} [{low} … {high}]。</translation>
        </message>
        <message>
            <source>That may be chance: vote on more pairs.</source>
            <translation>这可能是偶然：请再多选几对。</translation>
        </message>
    </context>
    <context>
        <name>Kernel</name>
        <message>
            <source>Normalise: divide by the sum</source>
            <translation>归一化：除以总和</translation>
        </message>
        <message>
            <source>Row {row}, column {column}</source>
            <translation>第 {row} 行，第 {column} 列</translation>
        </message>
        <message>
            <source>Own numbers</source>
            <translation>自定义数值</translation>
        </message>
        <message>
            <source>Preset</source>
            <translation>预设</translation>
        </message>
        <message>
            <source>Side</source>
            <translation>边长</translation>
        </message>
        <message>
            <source>Other, as text</source>
            <translation>其他（文本）</translation>
        </message>
        <message>
            <source>Symmetric entry</source>
            <translation>对称输入</translation>
        </message>
    </context>
    <context>
        <name>KeyGuide</name>
        <message>
            <source>Keys for everything</source>
            <translation>全部按键</translation>
        </message>
        <message>
            <source>Press a letter. Backspace goes back, Esc closes.</source>
            <translation>按一个字母。退格键返回，Esc 关闭。</translation>
        </message>
        <message>
            <source>Press the letter of a group. Esc closes.</source>
            <translation>按一组的字母。Esc 关闭。</translation>
        </message>
    </context>
    <context>
        <name>LayerNames</name>
        <message>
            <source>Rename several layers</source>
            <translation>批量重命名图层</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source># is the number from the top, ## the number with a leading zero.</source>
            <translation># 是从上往下的编号，## 是补零的编号。</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>重命名</translation>
        </message>
        <message>
            <source>, </source>
            <translation>、</translation>
        </message>
    </context>
    <context>
        <name>LayerSize</name>
        <message>
            <source>Layer size</source>
            <translation>图层大小</translation>
        </message>
    </context>
    <context>
        <name>LayersPanel</name>
        <message>
            <source>Paint layers</source>
            <translation>绘画图层</translation>
        </message>
        <message>
            <source>Groups</source>
            <translation>图层组</translation>
        </message>
        <message>
            <source>Generated layers</source>
            <translation>生成图层</translation>
        </message>
        <message>
            <source>Filter layers</source>
            <translation>滤镜图层</translation>
        </message>
        <message>
            <source>Fill layers</source>
            <translation>填充图层</translation>
        </message>
        <message>
            <source>Text layers</source>
            <translation>文字图层</translation>
        </message>
        <message>
            <source>Shape layers</source>
            <translation>形状图层</translation>
        </message>
        <message>
            <source>Linked pictures</source>
            <translation>链接图片</translation>
        </message>
        <message>
            <source>model missing · Locate…</source>
            <translation>模型缺失 · 定位…</translation>
        </message>
        <message>
            <source>{number} of {count}</source>
            <translation>第 {number} / {count} 张</translation>
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
            <source>{real} of {shown} px</source>
            <translation>{shown} px 中 {real} px</translation>
        </message>
        <message>
            <source>hidden</source>
            <translation>已隐藏</translation>
        </message>
        <message>
            <source>locked</source>
            <translation>已锁定</translation>
        </message>
        <message>
            <source>linked</source>
            <translation>已链接</translation>
        </message>
        <message>
            <source>Show or hide; drag over several, Alt+click shows it alone</source>
            <translation>显示或隐藏；可拖过多个，Alt 加单击只显示它</translation>
        </message>
        <message>
            <source>Lock or unlock; drag over several</source>
            <translation>锁定或解锁；拖过多个图层可一起改变</translation>
        </message>
        <message>
            <source>Click: paint on the layer. Ctrl+click: select its shape (Shift adds, Alt takes away). Double-click: effects</source>
            <translation>单击：在图层上绘画。Ctrl+单击：选择其形状（Shift 添加，Alt 减去）。双击：效果</translation>
        </message>
        <message>
            <source>Click: paint on the mask. Alt+click: see it alone. Shift+click: off and on. Ctrl+click: select it</source>
            <translation>单击：在蒙版上绘画。Alt+单击：单独查看。Shift+单击：停用或启用。Ctrl+单击：载入选区</translation>
        </message>
        <message>
            <source>Linked: moves and turns together with the others that have this sign</source>
            <translation>已链接：与带有此标记的其他图层一起移动和旋转</translation>
        </message>
        <message>
            <source>Effects: click to edit them, Alt+click to hide or show them</source>
            <translation>效果：单击编辑，Alt+单击隐藏或显示</translation>
        </message>
        <message>
            <source>Icons above the layers</source>
            <translation>在图层上方显示图标</translation>
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
            <source>Find layers</source>
            <translation>查找图层</translation>
        </message>
        <message>
            <source>Kinds and labels to show</source>
            <translation>要显示的种类与标签</translation>
        </message>
        <message>
            <source>Find layers by name</source>
            <translation>按名称查找图层</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>Locks of the layer</source>
            <translation>图层的锁定</translation>
        </message>
        <message>
            <source>New adjustment or filter layer</source>
            <translation>新建调整图层或滤镜图层</translation>
        </message>
        <message>
            <source>All adjustment and filter layers</source>
            <translation>全部调整图层与滤镜图层</translation>
        </message>
        <message>
            <source>The layers of a picture stand here. Start one, or open one.</source>
            <translation>这里显示图层。新建或打开一张图片。</translation>
        </message>
        <message>
            <source>Show all layers</source>
            <translation>显示所有图层</translation>
        </message>
    </context>
    <context>
        <name>Lesson</name>
        <message>
            <source>Teach classes</source>
            <translation>教会分类</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>步数</translation>
        </message>
        <message>
            <source>Choose a picture…</source>
            <translation>选择图片…</translation>
        </message>
        <message>
            <source>Layer</source>
            <translation>网络级</translation>
        </message>
        <message>
            <source>Teach</source>
            <translation>教学</translation>
        </message>
        <message>
            <source>A small convolutional network learns to tell the sub-folders of a folder apart. Every layer can be looked at.</source>
            <translation>一个小型卷积网络学习区分文件夹中的各个子文件夹，每个网络级都可以查看。</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>损失</translation>
        </message>
        <message>
            <source>Feature maps</source>
            <translation>特征图</translation>
        </message>
        <message>
            <source>Folder with a sub-folder for each class</source>
            <translation>每个类别一个子文件夹的文件夹</translation>
        </message>
        <message>
            <source>Choose a picture</source>
            <translation>选择图片</translation>
        </message>
        <message>
            <source>a sub-folder for each class; it is only read</source>
            <translation>每个类别一个子文件夹；只读，不改动</translation>
        </message>
        <message>
            <source>Choose a folder…</source>
            <translation>选择文件夹…</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Convolution {number}</source>
            <translation>卷积 {number}</translation>
        </message>
        <message>
            <source>Pooling {number}</source>
            <translation>池化 {number}</translation>
        </message>
        <message>
            <source>The pictures are got ready.</source>
            <translation>正在准备图片。</translation>
        </message>
        <message>
            <source>step {step} of {total} · loss {loss} · right {right}</source>
            <translation>第 {step} 步，共 {total} 步 · 损失 {loss} · 正确 {right}</translation>
        </message>
        <message>
            <source>It knows {count} classes; no picture was held out to test it.</source>
            <translation>它认识 {count} 个类别；没有留出图片来测试。</translation>
        </message>
        <message>
            <source>Held out pictures told right: {right} of {count}.</source>
            <translation>留出的 {count} 张图片中，它认对了 {right}。</translation>
        </message>
        <message>
            <source>Guessing would do as well: give it more pictures of each class.</source>
            <translation>与随便猜差不多：请给每个类别更多图片。</translation>
        </message>
        <message>
            <source>{name}: no picture to test it on</source>
            <translation>{name}：没有可供测试的图片</translation>
        </message>
        <message>
            <source>Left out: {files}</source>
            <translation>已排除：{files}</translation>
        </message>
    </context>
    <context>
        <name>LessonZero</name>
        <message>
            <source>Start the training in the Training panel. The network begins with noise.</source>
            <translation>在“训练”面板中开始训练。网络从噪声开始。</translation>
        </message>
        <message>
            <source>Choose an earlier moment in the film strip: see how the digits came out of the noise.</source>
            <translation>在胶片条中选一个较早的时刻：看数字怎样从噪声中出现。</translation>
        </message>
        <message>
            <source>Press “Use this model”, then Generate: other noise, other digits.</source>
            <translation>按“使用此模型”，再按“生成”：换一份噪声，就是另一些数字。</translation>
        </message>
        <message>
            <source>Show me</source>
            <translation>带我去</translation>
        </message>
        <message>
            <source>done</source>
            <translation>已完成</translation>
        </message>
        <message>
            <source>to do</source>
            <translation>待完成</translation>
        </message>
        <message>
            <source>Lesson zero: digits from noise</source>
            <translation>第零课：从噪声到数字</translation>
        </message>
        <message>
            <source>A generator learns to draw digits from random numbers; a discriminator learns to tell them from real ones. With a VAE an encoder takes its place.</source>
            <translation>生成器学着用随机数画出数字，判别器学着分辨真假。在 VAE 中，编码器取代判别器。</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>网络</translation>
        </message>
        <message>
            <source>Layer</source>
            <translation>网络级</translation>
        </message>
        <message>
            <source>Inside</source>
            <translation>内部</translation>
        </message>
        <message>
            <source>What it sees</source>
            <translation>它看到的</translation>
        </message>
        <message>
            <source>Filters</source>
            <translation>卷积核</translation>
        </message>
        <message>
            <source>Feature maps and filters</source>
            <translation>特征图与卷积核</translation>
        </message>
        <message>
            <source>Filters and feature maps show here at the first checkpoint of the training.</source>
            <translation>训练到第一个存档点时，这里显示卷积核与特征图。</translation>
        </message>
        <message>
            <source>Digits to learn from are being drawn, two thousand of them.</source>
            <translation>正在绘制两千张供学习的数字。</translation>
        </message>
        <message>
            <source>All three are done. Try another network, and look what differs.</source>
            <translation>三项都完成了。换一种网络，看看有什么不同。</translation>
        </message>
        <message>
            <source>Loss of the generator</source>
            <translation>生成器的损失</translation>
        </message>
        <message>
            <source>Loss of the discriminator</source>
            <translation>判别器的损失</translation>
        </message>
        <message>
            <source>Difference from the pictures</source>
            <translation>与图片的差异</translation>
        </message>
        <message>
            <source>Divergence of the codes, nats</source>
            <translation>编码的散度，奈特</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>损失</translation>
        </message>
        <message>
            <source>Generator</source>
            <translation>生成器</translation>
        </message>
        <message>
            <source>Discriminator</source>
            <translation>判别器</translation>
        </message>
        <message>
            <source>Encoder</source>
            <translation>编码器</translation>
        </message>
        <message>
            <source>Dense {number}</source>
            <translation>全连接 {number}</translation>
        </message>
    </context>
    <context>
        <name>Loop</name>
        <message>
            <source>Write pattern as a loop</source>
            <translation>将图案写成循环动画</translation>
        </message>
        <message>
            <source>The pattern runs along its third axis; the last frame leads into the first.</source>
            <translation>图案沿第三轴变化；最后一帧接回第一帧。</translation>
        </message>
        <message>
            <source>Format</source>
            <translation>格式</translation>
        </message>
        <message>
            <source>Write…</source>
            <translation>写出…</translation>
        </message>
        <message>
            <source>Frames: {count}, of {width} × {height} pixels</source>
            <translation>{count} 帧，{width} × {height} 像素</translation>
        </message>
        <message>
            <source>Write loop</source>
            <translation>写出循环动画</translation>
        </message>
        <message>
            <source>Animated WebP</source>
            <translation>动态 WebP</translation>
        </message>
        <message>
            <source>Animated PNG</source>
            <translation>PNG 动画</translation>
        </message>
        <message>
            <source>Animated GIF</source>
            <translation>动态 GIF</translation>
        </message>
        <message>
            <source>Numbered PNG files</source>
            <translation>编号 PNG 文件</translation>
        </message>
    </context>
    <context>
        <name>Material</name>
        <message>
            <source>Colour</source>
            <translation>颜色</translation>
        </message>
        <message>
            <source>Heights</source>
            <translation>高度</translation>
        </message>
        <message>
            <source>Normals</source>
            <translation>法线</translation>
        </message>
        <message>
            <source>Roughness map</source>
            <translation>粗糙度贴图</translation>
        </message>
        <message>
            <source>Material preview</source>
            <translation>材质预览</translation>
        </message>
        <message>
            <source>Preview; drag to move the light</source>
            <translation>预览；拖动可移动光源</translation>
        </message>
        <message>
            <source>None</source>
            <translation>无</translation>
        </message>
    </context>
    <context>
        <name>Measurements</name>
        <message>
            <source>Compare measurements</source>
            <translation>比较测量</translation>
        </message>
        <message>
            <source>One</source>
            <translation>其一</translation>
        </message>
        <message>
            <source>Other</source>
            <translation>其二</translation>
        </message>
        <message>
            <source>Inception weights…</source>
            <translation>Inception 权重…</translation>
        </message>
        <message>
            <source>Inception weights</source>
            <translation>Inception 权重</translation>
        </message>
        <message>
            <source>Measure counts FID and inception score with {file}.</source>
            <translation>“评估”会用 {file} 计算 FID 和 Inception 分数。</translation>
        </message>
        <message>
            <source>FID and inception score need the weights of the Inception network, which are never downloaded: choose pt_inception-2015-12-05-6726825d.pth if you have it.</source>
            <translation>FID 和 Inception 分数需要 Inception 网络的权重，它从不下载：如果你有 pt_inception-2015-12-05-6726825d.pth，请选择它。</translation>
        </message>
        <message>
            <source>Two measurements are needed: press Measure after a training.</source>
            <translation>需要两次测量：训练后请按“评估”。</translation>
        </message>
        <message>
            <source>These cannot be compared: {reasons}.</source>
            <translation>这两次不能比较：{reasons}。</translation>
        </message>
        <message>
            <source>The figures of the second network cannot be compared: {reasons}.</source>
            <translation>第二个网络的数值不能比较：{reasons}。</translation>
        </message>
        <message>
            <source>FID and inception score cannot be compared: {reasons}.</source>
            <translation>FID 和 Inception 分数不能比较：{reasons}。</translation>
        </message>
        <message>
            <source>≠: the intervals of both lie apart. ≈: it may be chance.</source>
            <translation>≠：两者的区间不重叠。≈：可能是偶然。</translation>
        </message>
        <message>
            <source>; </source>
            <translation>；</translation>
        </message>
        <message>
            <source>VGG: {ground}</source>
            <translation>VGG：{ground}</translation>
        </message>
        <message>
            <source>{count} pictures beside {real} real ones, by {features}, weights {weights}, at {side} px ({resize})</source>
            <translation>{count} 张图片与 {real} 张真实图片相比，所用：{features}，权重 {weights}，{side} px（{resize}）</translation>
        </message>
        <message>
            <source>{run}, step {step}, {count} pictures</source>
            <translation>{run}，第 {step} 步，{count} 张图片</translation>
        </message>
    </context>
    <context>
        <name>Navigator</name>
        <message>
            <source>Zoom</source>
            <translation>缩放</translation>
        </message>
        <message>
            <source>Rotation</source>
            <translation>旋转</translation>
        </message>
        <message>
            <source>The whole picture</source>
            <translation>整张图像</translation>
        </message>
        <message>
            <source>Drag to move the view; the wheel zooms</source>
            <translation>拖动可移动视图；滚轮缩放</translation>
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
            <source>Colour space</source>
            <translation>色彩空间</translation>
        </message>
        <message>
            <source>16-bit half float</source>
            <translation>16 位半浮点</translation>
        </message>
        <message>
            <source>32-bit float</source>
            <translation>32 位浮点</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>精度</translation>
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
        <name>Noise</name>
        <message>
            <source>violet: hardly anything but the finest grain</source>
            <translation>紫噪声：几乎只有最细的颗粒</translation>
        </message>
        <message>
            <source>blue: fine grain prevails</source>
            <translation>蓝噪声：以细颗粒为主</translation>
        </message>
        <message>
            <source>white: all sizes alike</source>
            <translation>白噪声：各种尺度均等</translation>
        </message>
        <message>
            <source>pink: large and small forms balance</source>
            <translation>粉红噪声：大小形状均衡</translation>
        </message>
        <message>
            <source>brown: large forms prevail</source>
            <translation>褐噪声：以大形状为主</translation>
        </message>
        <message>
            <source>smoother than brown: only large, soft forms</source>
            <translation>比褐噪声更平滑：只有大而柔和的形状</translation>
        </message>
        <message>
            <source>measuring</source>
            <translation>正在测量</translation>
        </message>
        <message>
            <source>Mean {mean} · deviation {sigma}</source>
            <translation>平均值 {mean} · 标准差 {sigma}</translation>
        </message>
        <message>
            <source>No spectrum: all is alike here, or the picture is too small.</source>
            <translation>无频谱：此处完全均匀，或画面太小。</translation>
        </message>
        <message>
            <source>Power ∝ 1 / f^{beta} · {words}</source>
            <translation>功率 ∝ 1 / f^{beta} · {words}</translation>
        </message>
        <message>
            <source>Values and spectrum</source>
            <translation>数值与频谱</translation>
        </message>
        <message>
            <source>Values</source>
            <translation>数值</translation>
        </message>
        <message>
            <source>Power over frequency</source>
            <translation>功率与频率</translation>
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
            <source>Judge colours on neutral grey</source>
            <translation>在中性灰上评色</translation>
        </message>
        <message>
            <source>New selection</source>
            <translation>新选区</translation>
        </message>
        <message>
            <source>Add to the selection</source>
            <translation>添加到选区</translation>
        </message>
        <message>
            <source>Take away from the selection</source>
            <translation>从选区减去</translation>
        </message>
        <message>
            <source>Intersect with the selection</source>
            <translation>与选区交叉</translation>
        </message>
        <message>
            <source>All options of the tool</source>
            <translation>工具的所有选项</translation>
        </message>
        <message>
            <source>Drag lays one down, grips move it, Delete removes it; strokes then keep to it</source>
            <translation>拖动放置一个辅助尺，拖手柄移动，Delete 删除；之后的笔画会沿着它</translation>
        </message>
        <message>
            <source>Press to fill an area, drag to fill several; Alt picks a colour</source>
            <translation>点击填充一个区域，拖过可填充多个；Alt 吸取颜色</translation>
        </message>
        <message>
            <source>Draw around it; Shift adds, Alt takes away, both intersect</source>
            <translation>绕着画一圈；Shift 添加，Alt 减去，同时按下取交集</translation>
        </message>
        <message>
            <source>Press for each corner; Enter, a double click or the first corner closes it</source>
            <translation>逐个点出角点；回车、双击或点第一个角点闭合</translation>
        </message>
        <message>
            <source>Press on an edge and follow it; Backspace takes back, Enter closes it</source>
            <translation>在边缘上点一下并沿着它移动；退格撤回，回车闭合</translation>
        </message>
        <message>
            <source>Draw an outline, and it is filled; Shift draws straight</source>
            <translation>画出轮廓即可填充；Shift 画直线</translation>
        </message>
        <message>
            <source>Drag selects; Shift adds, Alt takes away; then Shift keeps it square, Alt centres it, Space moves it</source>
            <translation>拖动选择；Shift 添加，Alt 减去；拖动中 Shift 保持方正，Alt 从中心，空格移动</translation>
        </message>
        <message>
            <source>Drag measures; Alt on an end adds a leg; Image ▸ Rotate straightens by the line</source>
            <translation>拖动测量；在端点按住 Alt 可量角；“图像 ▸ 旋转”可按此线拉直</translation>
        </message>
        <message>
            <source>Drag the four corners onto the corners of the page; Enter straightens it</source>
            <translation>将四个角拖到纸张的四角；Enter 拉正</translation>
        </message>
        <message>
            <source>Click for corners, drag for curves; Alt+click turns a node, Ctrl adds a contour</source>
            <translation>点击为角点，拖动为曲线；Alt+点击转换节点，Ctrl 添加子路径</translation>
        </message>
        <message>
            <source>Drag draws; Shift makes it a square, Alt goes from the middle</source>
            <translation>拖动绘制；Shift 为正方形，Alt 从中心画起</translation>
        </message>
        <message>
            <source>Drag draws; Shift makes it a circle, Alt goes from the middle</source>
            <translation>拖动绘制；Shift 为正圆，Alt 从中心画起</translation>
        </message>
        <message>
            <source>Drag draws; Shift keeps it regular, Alt goes from the middle</source>
            <translation>拖动绘制；Shift 保持等比，Alt 从中心画起</translation>
        </message>
        <message>
            <source>Drag draws a line; Shift keeps to eight directions, Alt goes from the middle</source>
            <translation>拖动画直线；Shift 限制为八个方向，Alt 从中心画起</translation>
        </message>
        <message>
            <source>Shift+click draws a straight line; Alt picks a colour; Ctrl+Alt+drag sets size and hardness</source>
            <translation>Shift+单击画直线；按住 Alt 取色；Ctrl+Alt+拖动调整大小和硬度</translation>
        </message>
        <message>
            <source>Shift+click goes on in a straight line; Ctrl+Alt+drag sets size and hardness</source>
            <translation>Shift+单击沿直线继续；Ctrl+Alt+拖动调整大小和硬度</translation>
        </message>
        <message>
            <source>Alt+click chooses where to take from, then paint</source>
            <translation>按住 Alt 点击选择取样处，然后绘制</translation>
        </message>
        <message>
            <source>Press places the centre of symmetry, drag turns the axis, Shift by 15°</source>
            <translation>按下放置对称中心，拖动旋转对称轴，按 Shift 以 15° 为步</translation>
        </message>
        <message>
            <source>Lightens; with Alt it darkens</source>
            <translation>减淡；按住 Alt 则加深</translation>
        </message>
        <message>
            <source>Darkens; with Alt it lightens</source>
            <translation>加深；按住 Alt 则减淡</translation>
        </message>
        <message>
            <source>Takes colour away or adds it; Alt does the other</source>
            <translation>降低或提高饱和度；按住 Alt 则相反</translation>
        </message>
        <message>
            <source>Drag scales and rotates, Shift constrains, Alt from the centre, Ctrl single corners; Alt inside moves the pivot</source>
            <translation>拖动以缩放和旋转，Shift 约束，Alt 从中心，Ctrl 移动单个角；在框内按 Alt 移动轴心</translation>
        </message>
        <message>
            <source>Drag scales and rotates the selection's outline; the pixels stay</source>
            <translation>拖动可缩放和旋转选区轮廓；像素不动</translation>
        </message>
        <message>
            <source>Press on a colour; Shift adds, Alt takes away, both intersect</source>
            <translation>点一种颜色；Shift 添加，Alt 减去，同时按下取交集</translation>
        </message>
        <message>
            <source>Press on a colour to select it everywhere</source>
            <translation>点一种颜色，选中图中所有同色处</translation>
        </message>
        <message>
            <source>Mark a part of the object; mark more to add, with Alt what does not belong</source>
            <translation>涂出物体的一部分；再涂继续添加，按住 Alt 涂不属于它的部分</translation>
        </message>
        <message>
            <source>Drag a box around the object; quick select then improves it</source>
            <translation>围着物体拖一个框；再用快速选择修整</translation>
        </message>
        <message>
            <source>Drag the line to compare before and after. Enter applies the filter, Esc leaves it.</source>
            <translation>拖动分界线可比较前后效果。Enter 应用滤镜，Esc 放弃。</translation>
        </message>
        <message>
            <source>Paint over a flaw; it is repaired from what is beside it</source>
            <translation>在瑕疵上涂抹，用旁边的内容将其修复</translation>
        </message>
        <message>
            <source>Press where the picture is to be black; Esc leaves</source>
            <translation>在画面中应为黑色的地方按下；Esc 退出</translation>
        </message>
        <message>
            <source>Press where the picture is to be a neutral grey; Esc leaves</source>
            <translation>在画面中应为中性灰的地方按下；Esc 退出</translation>
        </message>
        <message>
            <source>Press where the picture is to be white; Esc leaves</source>
            <translation>在画面中应为白色的地方按下；Esc 退出</translation>
        </message>
        <message>
            <source>Press on a tone and drag up or down: the curve follows; Esc leaves</source>
            <translation>在某个色调上按下并上下拖动：曲线随之变化；Esc 退出</translation>
        </message>
        <message>
            <source>Drag the layer: it takes on the colours around it. Shift keeps one axis, Enter blends it in, Esc leaves it</source>
            <translation>拖动图层，使其颜色与周围相融。按 Shift 沿单轴移动，按 Enter 融入，按 Esc 放弃</translation>
        </message>
        <message>
            <source>Draw around a flaw, then drag it to where to repair from; Shift keeps one axis, Esc takes it back</source>
            <translation>圈出瑕疵，再拖到取样处；按 Shift 沿单轴移动，按 Esc 撤回</translation>
        </message>
        <message>
            <source>Click a pupil, or drag a circle around it from its middle</source>
            <translation>点击瞳孔，或从其中心向外拖出圆圈</translation>
        </message>
        <message>
            <source>Drag, or hold, to reshape the layer; Alt does the opposite. Enter applies, Esc leaves it as it was</source>
            <translation>拖动或按住不放可使图层变形，按住 Alt 则效果相反。Enter 应用，Esc 保持原样</translation>
        </message>
        <message>
            <source>Drag the line to compare with and without this filter. Esc takes it away.</source>
            <translation>拖动分割线，比较有无此滤镜的效果。按 Esc 移除。</translation>
        </message>
        <message>
            <source>Ctrl+Enter or a click beside it keeps the text; Esc takes it back, Redo brings it again</source>
            <translation>按 Ctrl+Enter 或在旁边点击保留文字；按 Esc 放弃更改，重做可以找回</translation>
        </message>
        <message>
            <source>Click to type, drag for a box; Shift makes another text, Ctrl+Enter applies, Esc takes back, Ctrl+drag moves</source>
            <translation>点击输入，拖动画文本框；Shift 新建另一段文字，Ctrl+Enter 应用，Esc 放弃更改，Ctrl+拖动移动</translation>
        </message>
        <message>
            <source>Paint where the chosen photograph of a panorama is to be shown; Alt+click chooses another that lies there</source>
            <translation>涂抹要显示所选全景照片之处；按住 Alt 点击可选择位于该处的另一张照片</translation>
        </message>
        <message>
            <source>Drag draws the gradient; ends and stops can be moved, a double click beside the line adds a stop</source>
            <translation>拖动绘制渐变；两端与色标可移动，在线旁双击添加色标</translation>
        </message>
        <message>
            <source>Press or drag where the filter's centre, or a corner, is to be. Esc leaves.</source>
            <translation>在滤镜的中心或角点该在的位置按下或拖动。按 Esc 离开。</translation>
        </message>
        <message>
            <source>Drag the round grip to where the filter is to act. Enter applies the filter, Esc leaves it.</source>
            <translation>把圆形手柄拖到滤镜起作用的位置。按 Enter 应用滤镜，按 Esc 放弃。</translation>
        </message>
        <message>
            <source>Drag a frame, then it or its handles; outside turns it; Ctrl+drag along a horizon levels it; Enter crops</source>
            <translation>拖动画出裁剪框，再拖动框或其控点；在框外拖动可旋转；沿地平线按住 Ctrl 拖动可拉直；Enter 确认裁剪</translation>
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
        <name>Palettes</name>
        <message>
            <source>Rename…</source>
            <translation>重命名…</translation>
        </message>
        <message>
            <source>Move to front</source>
            <translation>移到最前</translation>
        </message>
        <message>
            <source>Delete colour</source>
            <translation>删除颜色</translation>
        </message>
        <message>
            <source>Rename colour</source>
            <translation>重命名颜色</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>Palettes</source>
            <translation>色板</translation>
        </message>
        <message>
            <source>Load palette</source>
            <translation>载入色板</translation>
        </message>
        <message>
            <source>Save palette</source>
            <translation>保存色板</translation>
        </message>
        <message>
            <source>Palette</source>
            <translation>色板</translation>
        </message>
        <message>
            <source>Colours of the palette</source>
            <translation>色板中的颜色</translation>
        </message>
        <message>
            <source>No colours yet. + keeps the one in your hand.</source>
            <translation>还没有颜色。按 + 保留手中的颜色。</translation>
        </message>
        <message>
            <source>Add the colour in hand</source>
            <translation>添加手中的颜色</translation>
        </message>
        <message>
            <source>Palette from the picture</source>
            <translation>从图像提取色板</translation>
        </message>
        <message>
            <source>Load palette…</source>
            <translation>载入色板…</translation>
        </message>
        <message>
            <source>Save palette as…</source>
            <translation>色板另存为…</translation>
        </message>
    </context>
    <context>
        <name>Panorama</name>
        <message>
            <source>Preview of the panorama</source>
            <translation>全景图预览</translation>
        </message>
        <message>
            <source>Stitch panorama</source>
            <translation>拼接全景图</translation>
        </message>
        <message>
            <source>Preview</source>
            <translation>预览</translation>
        </message>
        <message>
            <source>Matches</source>
            <translation>匹配</translation>
        </message>
        <message>
            <source>Looking at the photographs…</source>
            <translation>正在分析照片…</translation>
        </message>
        <message>
            <source>Two photographs and what was found in both</source>
            <translation>两张照片及其共同之处</translation>
        </message>
        <message>
            <source>Matches between photographs</source>
            <translation>照片之间的匹配</translation>
        </message>
        <message>
            <source>{name}: left out, features: {count}</source>
            <translation>{name}：未采用，{count} 个特征点</translation>
        </message>
        <message>
            <source>{first} – {second}: matches that agree: {agree} of {count}</source>
            <translation>{first} – {second}：{count} 个匹配中 {agree} 个一致</translation>
        </message>
        <message>
            <source>{first} – {second}: no overlap, rejected matches: {count}</source>
            <translation>{first} – {second}：没有重叠，{count} 个匹配被舍弃</translation>
        </message>
        <message>
            <source>Stitch</source>
            <translation>拼接</translation>
        </message>
        <message>
            <source>More</source>
            <translation>更多</translation>
        </message>
        <message>
            <source>{width} × {height} pixels. Drag the picture until the horizon lies straight; Shift turns it.</source>
            <translation>{width} × {height} 像素。拖动画面直到地平线变直；按 Shift 旋转。</translation>
        </message>
        <message>
            <source>Left out, because they overlap with no other: {names}.</source>
            <translation>以下照片与其他照片没有重叠，未使用：{names}。</translation>
        </message>
        <message>
            <source>Photographs for a panorama</source>
            <translation>选择全景图照片</translation>
        </message>
    </context>
    <context>
        <name>Process</name>
        <message>
            <source>Process video</source>
            <translation>绘制过程视频</translation>
        </message>
        <message>
            <source>The steps of this picture ({steps}) as a film, without panels; painted for {time}.</source>
            <translation>把这张画的步骤做成影片，不含面板：共 {steps} 步，作画 {time}。</translation>
        </message>
        <message>
            <source>Format</source>
            <translation>格式</translation>
        </message>
        <message>
            <source>Write video…</source>
            <translation>生成视频…</translation>
        </message>
        <message>
            <source>H.264, which plays everywhere, cannot be written here: this system has no encoder for it.</source>
            <translation>到处都能播放的 H.264 在这里无法写入：此系统没有它的编码器。</translation>
        </message>
        <message>
            <source>Write video</source>
            <translation>生成视频</translation>
        </message>
        <message>
            <source>The film begins with step {step}: earlier steps are no longer in the file.</source>
            <translation>视频从第 {step} 步开始：更早的步骤已不在文件中。</translation>
        </message>
        <message>
            <source>First steps that are no longer in the file: {steps}; the film shows small pictures that were kept of them.</source>
            <translation>最初的 {steps} 步已不在文件中，视频中以当时保留的小图代替。</translation>
        </message>
        <message>
            <source>MP4 (H.264)</source>
            <translation>MP4（H.264）</translation>
        </message>
        <message>
            <source>WebM (VP8)</source>
            <translation>WebM（VP8）</translation>
        </message>
        <message>
            <source>WebM (VP9)</source>
            <translation>WebM（VP9）</translation>
        </message>
        <message>
            <source>MP4 (MPEG-4 part 2)</source>
            <translation>MP4（MPEG-4 第 2 部分）</translation>
        </message>
        <message>
            <source>Plays in browsers, on phones and in editors.</source>
            <translation>浏览器、手机和剪辑软件都能播放。</translation>
        </message>
        <message>
            <source>Plays in VLC; many editors and sites that convert uploads take it. Browsers and phones do not play it.</source>
            <translation>VLC 能播放，许多剪辑软件和会转码的网站也接受；浏览器和手机不能播放。</translation>
        </message>
        <message>
            <source>Plays in browsers, on Android and in VLC. Many apps on phones and most editors do not take it.</source>
            <translation>浏览器、安卓和 VLC 能播放；许多手机应用和大多数剪辑软件不接受。</translation>
        </message>
        <message>
            <source>About this picture</source>
            <translation>关于这张图像</translation>
        </message>
        <message>
            <source>Save painting time as CSV…</source>
            <translation>将作画时间存为 CSV…</translation>
        </message>
        <message>
            <source>Save painting time</source>
            <translation>保存作画时间</translation>
        </message>
        <message>
            <source>{width} × {height} cm at {ppi} ppi</source>
            <translation>{width} × {height} cm，{ppi} ppi</translation>
        </message>
        <message>
            <source>File</source>
            <translation>文件</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>尺寸</translation>
        </message>
        <message>
            <source>In print</source>
            <translation>印刷尺寸</translation>
        </message>
        <message>
            <source>Colour space</source>
            <translation>色彩空间</translation>
        </message>
        <message>
            <source>Layers</source>
            <translation>图层</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>步骤</translation>
        </message>
        <message>
            <source>Painting time</source>
            <translation>作画时间</translation>
        </message>
        <message>
            <source>{seconds} s</source>
            <translation>{seconds} 秒</translation>
        </message>
        <message>
            <source>{minutes} min</source>
            <translation>{minutes} 分钟</translation>
        </message>
        <message>
            <source>{hours} h {minutes} min</source>
            <translation>{hours} 小时 {minutes} 分钟</translation>
        </message>
    </context>
    <context>
        <name>Rasterise</name>
        <message>
            <source>Rasterise layer</source>
            <translation>栅格化图层</translation>
        </message>
        <message>
            <source>The generated layer becomes a paint layer of the picture it shows now. Its sliders and its other variants are lost; undo brings them back.</source>
            <translation>生成图层将变为绘画图层，只保留当前显示的图像。滑块和其他变体会丢失；撤销可恢复。</translation>
        </message>
        <message>
            <source>Rasterise</source>
            <translation>栅格化</translation>
        </message>
        <message>
            <source>Do not ask again</source>
            <translation>不再询问</translation>
        </message>
        <message>
            <source>Can be asked again: Edit ▸ Settings</source>
            <translation>可在“编辑 ▸ 设置”中恢复询问</translation>
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
        <name>Reference</name>
        <message>
            <source>Add references</source>
            <translation>添加参考图</translation>
        </message>
        <message>
            <source>Reference board</source>
            <translation>参考板</translation>
        </message>
        <message>
            <source>Pasted picture</source>
            <translation>粘贴的图片</translation>
        </message>
        <message>
            <source>Drop or paste pictures here to look at while you paint. They are saved with the picture.</source>
            <translation>把图片拖到或粘贴到这里，作画时参考。它们随图像一起保存。</translation>
        </message>
        <message>
            <source>Add references…</source>
            <translation>添加参考图…</translation>
        </message>
        <message>
            <source>Show the whole board</source>
            <translation>显示整个参考板</translation>
        </message>
        <message>
            <source>Show the chosen picture in grey</source>
            <translation>以灰度显示所选图片</translation>
        </message>
        <message>
            <source>Flip the chosen picture</source>
            <translation>水平翻转所选图片</translation>
        </message>
        <message>
            <source>Remove the chosen picture</source>
            <translation>移除选中的图片</translation>
        </message>
    </context>
    <context>
        <name>RepairDialog</name>
        <message>
            <source>Fill from surroundings</source>
            <translation>内容识别填充</translation>
        </message>
        <message>
            <source>Method</source>
            <translation>方法</translation>
        </message>
        <message>
            <source>Everywhere</source>
            <translation>任何地方</translation>
        </message>
        <message>
            <source>Take from</source>
            <translation>取自</translation>
        </message>
        <message>
            <source>Save a selection first to take only from what it holds</source>
            <translation>先存储选区，就可以只从其中取像素</translation>
        </message>
        <message>
            <source>The left half of what is filled is seen as it was</source>
            <translation>填充区域的左半部分显示原样</translation>
        </message>
        <message>
            <source>Fill</source>
            <translation>填充</translation>
        </message>
    </context>
    <context>
        <name>ResultsPanel</name>
        <message>
            <source>Export this one…</source>
            <translation>导出这一张…</translation>
        </message>
        <message>
            <source>Seed {seed}, {time}</source>
            <translation>种子 {seed}，{time}</translation>
        </message>
        <message>
            <source>in the picture</source>
            <translation>已在图片中</translation>
        </message>
        <message>
            <source>all of this picture: {count} · a double click places one</source>
            <translation>此图片的全部结果：{count} · 双击即可置入</translation>
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
            <source>Mix {first} and {second}</source>
            <translation>混合 {first} 和 {second}</translation>
        </message>
        <message>
            <source>Make {sum}</source>
            <translation>生成 {sum}</translation>
        </message>
        <message>
            <source>Mix with</source>
            <translation>与另一张混合</translation>
        </message>
        <message>
            <source>Variation {number}</source>
            <translation>变体 {number}</translation>
        </message>
        <message>
            <source>Take off the pad</source>
            <translation>从混合板取下</translation>
        </message>
        <message>
            <source>Pin to a corner of the pad</source>
            <translation>钉到混合板的一角</translation>
        </message>
        <message>
            <source>Take into the shown one</source>
            <translation>取入当前变体</translation>
        </message>
        <message>
            <source>Coarse: composition</source>
            <translation>粗：构图</translation>
        </message>
        <message>
            <source>Middle: shapes</source>
            <translation>中：形状</translation>
        </message>
        <message>
            <source>Fine: colour and detail</source>
            <translation>细：颜色与细节</translation>
        </message>
        <message>
            <source>Place as layer</source>
            <translation>置入为图层</translation>
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
            <source>Variation {number}, {source}</source>
            <translation>变体 {number}，{source}</translation>
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
            <source>All results: everything generated for this picture</source>
            <translation>全部结果：为此图片生成过的所有图片</translation>
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
        <message>
            <source>near seed {seed}</source>
            <translation>近于种子 {seed}</translation>
        </message>
        <message>
            <source>from {first}, coarse of {second}</source>
            <translation>由 {first} 得到，粗略部分取自 {second}</translation>
        </message>
        <message>
            <source>from {first}, middle of {second}</source>
            <translation>由 {first} 得到，中等部分取自 {second}</translation>
        </message>
        <message>
            <source>from {first}, fine of {second}</source>
            <translation>由 {first} 得到，精细部分取自 {second}</translation>
        </message>
        <message>
            <source>from {first} and {second}</source>
            <translation>由 {first} 和 {second} 混合</translation>
        </message>
        <message>
            <source>from {numbers}</source>
            <translation>由 {numbers} 得到</translation>
        </message>
        <message>
            <source>1 picture waits</source>
            <translation>1 张图片等待置入</translation>
        </message>
        <message>
            <source>{count} pictures wait</source>
            <translation>{count} 张图片等待置入</translation>
        </message>
        <message>
            <source>Add to their layer</source>
            <translation>加入原图层</translation>
        </message>
        <message>
            <source>Put away; they stay among all results</source>
            <translation>收起；它们仍保留在全部结果中</translation>
        </message>
    </context>
    <context>
        <name>Rulers</name>
        <message>
            <source>Horizontal ruler</source>
            <translation>水平标尺</translation>
        </message>
        <message>
            <source>Vertical ruler</source>
            <translation>垂直标尺</translation>
        </message>
        <message>
            <source>Drag a guide from here; right-click chooses the unit</source>
            <translation>从这里拖出参考线；右键选择单位</translation>
        </message>
        <message>
            <source>Place of the guide…</source>
            <translation>参考线位置…</translation>
        </message>
        <message>
            <source>Remove guide</source>
            <translation>移除参考线</translation>
        </message>
        <message>
            <source>Pixels from the edge</source>
            <translation>距边缘的像素数</translation>
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
        <name>Selecting</name>
        <message>
            <source>Saved selections</source>
            <translation>已存选区</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>删除</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>添加</translation>
        </message>
        <message>
            <source>Subtract</source>
            <translation>减去</translation>
        </message>
        <message>
            <source>Intersect</source>
            <translation>交集</translation>
        </message>
        <message>
            <source>Load</source>
            <translation>载入</translation>
        </message>
        <message>
            <source>Double click loads; Shift adds, Alt takes away, both intersect</source>
            <translation>双击载入；Shift 添加，Alt 减去，同时按下取交集</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>重命名</translation>
        </message>
        <message>
            <source>Tones taken</source>
            <translation>选取的明暗</translation>
        </message>
        <message>
            <source>Grow selection</source>
            <translation>扩展选区</translation>
        </message>
        <message>
            <source>Grow</source>
            <translation>扩展</translation>
        </message>
        <message>
            <source>Shrink selection</source>
            <translation>收缩选区</translation>
        </message>
        <message>
            <source>Shrink</source>
            <translation>收缩</translation>
        </message>
        <message>
            <source>Feather selection</source>
            <translation>羽化选区</translation>
        </message>
        <message>
            <source>Feather</source>
            <translation>羽化</translation>
        </message>
        <message>
            <source>Make the selection a border</source>
            <translation>把选区变成边界</translation>
        </message>
        <message>
            <source>Make a border</source>
            <translation>变成边界</translation>
        </message>
        <message>
            <source>Smooth selection</source>
            <translation>平滑选区</translation>
        </message>
        <message>
            <source>Smooth</source>
            <translation>平滑</translation>
        </message>
        <message>
            <source>Select by tone</source>
            <translation>按明暗选择</translation>
        </message>
        <message>
            <source>Select</source>
            <translation>选择</translation>
        </message>
        <message>
            <source>Scratches and dust</source>
            <translation>划痕和灰尘</translation>
        </message>
        <message>
            <source>Make seamless</source>
            <translation>制作无缝贴图</translation>
        </message>
        <message>
            <source>Quilt texture</source>
            <translation>拼合纹理</translation>
        </message>
        <message>
            <source>Quilt</source>
            <translation>拼合</translation>
        </message>
        <message>
            <source>Stroke selection</source>
            <translation>描边选区</translation>
        </message>
        <message>
            <source>Stroke</source>
            <translation>描边</translation>
        </message>
        <message>
            <source>Save selection</source>
            <translation>存储选区</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>存储</translation>
        </message>
        <message>
            <source>Content-aware scale</source>
            <translation>内容识别缩放</translation>
        </message>
        <message>
            <source>Scale</source>
            <translation>缩放</translation>
        </message>
    </context>
    <context>
        <name>Separate</name>
        <message>
            <source>Split detail and colour</source>
            <translation>分离细节与颜色</translation>
        </message>
        <message>
            <source>The layer becomes a group of two: its colours, blurred, and its detail. Paint on one without touching the other; together they look as before.</source>
            <translation>图层变为含两个图层的图层组：模糊后的颜色和细节。可以只画其中一个而不影响另一个；合在一起与原来相同。</translation>
        </message>
        <message>
            <source>Split</source>
            <translation>分离</translation>
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
            <source>Motion</source>
            <translation>动效</translation>
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
            <source>Ask before rasterising a generated layer</source>
            <translation>栅格化生成图层前询问</translation>
        </message>
        <message>
            <source>Pause a training on battery</source>
            <translation>使用电池时暂停训练</translation>
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
            <source>Nothing moves by itself</source>
            <translation>没有任何东西自己移动</translation>
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
            <source>{device} · not there</source>
            <translation>{device} · 不存在</translation>
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
            <source>Keys as in</source>
            <translation>按键方案</translation>
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
            <source>Press a second key</source>
            <translation>按下第二个快捷键</translation>
        </message>
        <message>
            <source>Taken from “{action}”.</source>
            <translation>已从“{action}”移来。</translation>
        </message>
        <message>
            <source>Danqing</source>
            <translation>丹青</translation>
        </message>
        <message>
            <source>Photoshop</source>
            <translation>Photoshop</translation>
        </message>
        <message>
            <source>Krita</source>
            <translation>Krita</translation>
        </message>
        <message>
            <source>GIMP</source>
            <translation>GIMP</translation>
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
            <source>waits for: {job}</source>
            <translation>等待：{job}</translation>
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
        <name>Taste</name>
        <message>
            <source>{liked} liked, {refused} not</source>
            <translation>{liked} 张喜欢，{refused} 张不喜欢</translation>
        </message>
        <message>
            <source>More of what pleases</source>
            <translation>更多喜欢的画面</translation>
        </message>
        <message>
            <source>Click what you like, right-click what you do not.</source>
            <translation>单击喜欢的，右键单击不喜欢的。</translation>
        </message>
        <message>
            <source>Nine pictures to mark</source>
            <translation>待标记的九张画面</translation>
        </message>
        <message>
            <source>Begin anew</source>
            <translation>重新开始</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>退回</translation>
        </message>
        <message>
            <source>Keep the favourite</source>
            <translation>保留最喜欢的</translation>
        </message>
        <message>
            <source>Next nine</source>
            <translation>下一组</translation>
        </message>
        <message>
            <source>Forgets all marks; the walls begin at the picture that is shown</source>
            <translation>忘掉所有标记，从当前画面重新开始</translation>
        </message>
        <message>
            <source>The wall before, with its marks</source>
            <translation>回到上一组及其标记</translation>
        </message>
        <message>
            <source>What should please most becomes a variation of the layer; a double click keeps any other</source>
            <translation>预计最合心意的一张成为图层的变体；双击可保留其他任意一张</translation>
        </message>
        <message>
            <source>Keeps the marks in the layer and shows nine that follow from them (Enter)</source>
            <translation>把标记存入图层，并据此显示下一组九张（回车）</translation>
        </message>
        <message>
            <source>Wall {number} of about {count}</source>
            <translation>第 {number} 组，约共 {count} 组</translation>
        </message>
        <message>
            <source>more {name}</source>
            <translation>多一些{name}</translation>
        </message>
        <message>
            <source>less {name}</source>
            <translation>少一些{name}</translation>
        </message>
        <message>
            <source>You like: {parts}</source>
            <translation>你喜欢：{parts}</translation>
        </message>
        <message>
            <source>, </source>
            <translation>，</translation>
        </message>
        <message>
            <source>Liked once and disliked another time: {count}. The newer mark counts; nothing else is lost.</source>
            <translation>有 {count} 张曾标为喜欢，又标为不喜欢：以较新的标记为准，其余不受影响。</translation>
        </message>
        <message>
            <source>Nothing pleased yet, so these nine are from elsewhere.</source>
            <translation>还没有喜欢的，所以这九张取自别处。</translation>
        </message>
        <message>
            <source>All nine were liked, which tells little. Mark those that please most, and what does not.</source>
            <translation>九张全都喜欢，能看出的很少。请只标最喜欢的和不喜欢的。</translation>
        </message>
        <message>
            <source>Nothing was marked, so these nine are as varied as the first ones.</source>
            <translation>没有任何标记，所以这九张和最初一样各不相同。</translation>
        </message>
        <message>
            <source>Your marks lead no clear way yet: they contradict each other. Mark only what you are sure of.</source>
            <translation>标记还没有明确的方向，彼此矛盾。请只标有把握的。</translation>
        </message>
    </context>
    <context>
        <name>Text</name>
        <message>
            <source>Usual font</source>
            <translation>默认字体</translation>
        </message>
        <message>
            <source>Fonts</source>
            <translation>字体</translation>
        </message>
        <message>
            <source>Find a font</source>
            <translation>查找字体</translation>
        </message>
        <message>
            <source>No font of this name is on this machine.</source>
            <translation>本机没有这个名称的字体。</translation>
        </message>
        <message>
            <source>Thin</source>
            <translation>极细</translation>
        </message>
        <message>
            <source>Extra light</source>
            <translation>特细</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>细</translation>
        </message>
        <message>
            <source>Regular</source>
            <translation>常规</translation>
        </message>
        <message>
            <source>Medium</source>
            <translation>中等</translation>
        </message>
        <message>
            <source>Semibold</source>
            <translation>半粗</translation>
        </message>
        <message>
            <source>Bold</source>
            <translation>粗</translation>
        </message>
        <message>
            <source>Extra bold</source>
            <translation>特粗</translation>
        </message>
        <message>
            <source>Black</source>
            <translation>黑</translation>
        </message>
        <message>
            <source>“{font}” is missing; “{other}” stands in for it.</source>
            <translation>缺少字体“{font}”，暂用“{other}”代替。</translation>
        </message>
        <message>
            <source>Not in this font, taken from “{other}”: {characters}</source>
            <translation>此字体没有、取自“{other}”的字：{characters}</translation>
        </message>
        <message>
            <source>In no font on this machine: {characters}</source>
            <translation>本机所有字体都没有的字：{characters}</translation>
        </message>
        <message>
            <source>The text goes on beyond its box.</source>
            <translation>文字超出了文本框。</translation>
        </message>
        <message>
            <source>Forms of</source>
            <translation>字形</translation>
        </message>
        <message>
            <source>Pixels</source>
            <translation>像素</translation>
        </message>
        <message>
            <source>Points</source>
            <translation>点</translation>
        </message>
        <message>
            <source>Size in</source>
            <translation>大小单位</translation>
        </message>
        <message>
            <source>Close up adjacent Chinese marks</source>
            <translation>挤压相邻标点</translation>
        </message>
        <message>
            <source>Upright short numbers in columns</source>
            <translation>竖排时短数字直立（纵中横）</translation>
        </message>
        <message>
            <source>What is written</source>
            <translation>依所写内容</translation>
        </message>
        <message>
            <source>Simplified Chinese</source>
            <translation>简体中文</translation>
        </message>
        <message>
            <source>Traditional Chinese</source>
            <translation>繁体中文</translation>
        </message>
        <message>
            <source>Japanese</source>
            <translation>日文</translation>
        </message>
        <message>
            <source>Korean</source>
            <translation>韩文</translation>
        </message>
        <message>
            <source>English</source>
            <translation>英文</translation>
        </message>
        <message>
            <source>Italic</source>
            <translation>倾斜</translation>
        </message>
        <message>
            <source>In columns from right to left</source>
            <translation>竖排（自右向左）</translation>
        </message>
        <message>
            <source>Language, unit, marks and numbers</source>
            <translation>语言、单位、标点与数字</translation>
        </message>
        <message>
            <source>Align left</source>
            <translation>左对齐</translation>
        </message>
        <message>
            <source>Centre</source>
            <translation>居中</translation>
        </message>
        <message>
            <source>Align right</source>
            <translation>右对齐</translation>
        </message>
        <message>
            <source>Justify</source>
            <translation>两端对齐</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>大小</translation>
        </message>
        <message>
            <source>Letters</source>
            <translation>字距</translation>
        </message>
        <message>
            <source>Letter spacing, in thousandths of the size</source>
            <translation>字距，以字号的千分之一计</translation>
        </message>
        <message>
            <source>Lines</source>
            <translation>行距</translation>
        </message>
        <message>
            <source>Line spacing, in sizes</source>
            <translation>行距，以字号的倍数计</translation>
        </message>
        <message>
            <source>Weight</source>
            <translation>字重</translation>
        </message>
        <message>
            <source>Font</source>
            <translation>字体</translation>
        </message>
    </context>
    <context>
        <name>Tones</name>
        <message>
            <source>Pick what is to be black</source>
            <translation>选取应为黑色的地方</translation>
        </message>
        <message>
            <source>Pick what is to be a neutral grey</source>
            <translation>选取应为中性灰的地方</translation>
        </message>
        <message>
            <source>Pick what is to be white</source>
            <translation>选取应为白色的地方</translation>
        </message>
        <message>
            <source>Draw the curve on the picture: press a tone, drag up or down</source>
            <translation>在画面上调整曲线：按下某个色调并上下拖动</translation>
        </message>
        <message>
            <source>Fit to the picture: each colour from black to white</source>
            <translation>按图片自动设定：每种颜色从黑到白</translation>
        </message>
        <message>
            <source>Show what is clipped to black</source>
            <translation>显示被裁剪为黑色的部分</translation>
        </message>
        <message>
            <source>Show what is clipped to white</source>
            <translation>显示被裁剪为白色的部分</translation>
        </message>
        <message>
            <source>Black point, midtones, white point</source>
            <translation>黑场、中间调、白场</translation>
        </message>
        <message>
            <source>Drag the handles; with Alt the clipped tones are shown.</source>
            <translation>拖动滑块；按住 Alt 显示被裁剪的色调。</translation>
        </message>
        <message>
            <source>Threshold and upper end</source>
            <translation>阈值与上限</translation>
        </message>
        <message>
            <source>Tones between the handles become the second colour.</source>
            <translation>两个滑块之间的色调变为第二种颜色。</translation>
        </message>
        <message>
            <source>Fit to the picture</source>
            <translation>按图片自动设定</translation>
        </message>
        <message>
            <source>The threshold that parts light from dark best (Otsu, 1979)</source>
            <translation>最能分开明暗的阈值（Otsu，1979）</translation>
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
            <source>a weekend</source>
            <translation>一个周末</translation>
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
            <source>nothing</source>
            <translation>从零开始</translation>
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
            <source>It begins by itself when that is done.</source>
            <translation>那项工作完成后会自动开始。</translation>
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
            <source>Stop waiting</source>
            <translation>不再等待</translation>
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
            <source>Start again</source>
            <translation>重新开始</translation>
        </message>
        <message>
            <source>What the model learns shows here.</source>
            <translation>模型学到的内容会显示在这里。</translation>
        </message>
        <message>
            <source>“{name}” is measured</source>
            <translation>正在评估“{name}”</translation>
        </message>
        <message>
            <source>“{name}” {waits}</source>
            <translation>“{name}”{waits}</translation>
        </message>
        <message>
            <source>Of this moment there are pictures only; choose one that has its model</source>
            <translation>这一刻只有图片；请选择有模型的时刻</translation>
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
            <source>“{name}” ended before its first checkpoint</source>
            <translation>“{name}” 在第一个存档点之前就结束了</translation>
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
            <source>Start from</source>
            <translation>起点</translation>
        </message>
        <message>
            <source>A model of yours that learns on, which is quicker than from nothing</source>
            <translation>从你的一个模型继续学习，比从零开始快</translation>
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
            <source>Detail ×4 from my pictures</source>
            <translation>从我的图片学习细节 ×4</translation>
        </message>
        <message>
            <source>Sample now</source>
            <translation>立即取样</translation>
        </message>
        <message>
            <source>Shows what it makes of its seeds after this step</source>
            <translation>这一步之后显示它用固定种子生成的图片</translation>
        </message>
        <message>
            <source>Goes on from the newest checkpoint; without one it begins anew</source>
            <translation>从最新的存档点继续；没有存档点时从头开始</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>移除</translation>
        </message>
        <message>
            <source>Takes this run away; it has learnt nothing yet</source>
            <translation>移除这次训练；它还什么都没学到</translation>
        </message>
        <message>
            <source>Behind its last step a second network learns the edges and the grain of your pictures at their full size</source>
            <translation>最后一步之后，第二个网络会从原尺寸图片学习边缘和颗粒</translation>
        </message>
        <message>
            <source>Pictures: {count}</source>
            <translation>{count} 张</translation>
        </message>
        <message>
            <source>min</source>
            <translation>分</translation>
        </message>
        <message>
            <source>Checkpoint</source>
            <translation>存档点</translation>
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
            <source>At most so long between two checkpoints; no more is lost if all ends</source>
            <translation>两个存档点之间至多这么久；即使突然中断，也不会损失更多</translation>
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
            <source>Generate with the moment that is shown</source>
            <translation>用所显示的这一刻生成</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>继续</translation>
        </message>
        <message>
            <source>step {step}, “{name}”</source>
            <translation>第 {step} 步，“{name}”</translation>
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
            <source>Measure</source>
            <translation>评估</translation>
        </message>
        <message>
            <source>How varied its pictures are, and how near to those it learnt from</source>
            <translation>生成图片的多样程度，以及与训练图片的接近程度</translation>
        </message>
        <message>
            <source>“{name}” still becomes better</source>
            <translation>“{name}”仍在变好</translation>
        </message>
        <message>
            <source>No longer better; best was step {step}</source>
            <translation>已无明显进步；最好的是第 {step} 步</translation>
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
        <message>
            <source>Go on in {parts} parts</source>
            <translation>分成 {parts} 份继续</translation>
        </message>
        <message>
            <source>Stop trying</source>
            <translation>停止试算</translation>
        </message>
        <message>
            <source>Try and propose</source>
            <translation>试算并建议</translation>
        </message>
        <message>
            <source>Takes a few steps that change nothing, says what the training needs, and chooses the recipe that fits the time you have</source>
            <translation>试走几步（不改变任何东西），说明训练需要什么，并按你有的时间选择合适的配方</translation>
        </message>
        <message>
            <source>{hours} h</source>
            <translation>{hours} 小时</translation>
        </message>
        <message>
            <source>{minutes} min</source>
            <translation>{minutes} 分钟</translation>
        </message>
        <message>
            <source>{steps} steps at {side} px take about {time} on this computer, with {memory} of memory and up to {disk} MiB of the disk.</source>
            <translation>以 {side} 像素训练 {steps} 步，在这台电脑上约需 {time}，占用 {memory} 内存和最多 {disk} MiB 磁盘空间。</translation>
        </message>
        <message>
            <source>{steps} steps at {side} px take about {time} on this computer and up to {disk} MiB of the disk.</source>
            <translation>以 {side} 像素训练 {steps} 步，在这台电脑上约需 {time}，占用最多 {disk} MiB 磁盘空间。</translation>
        </message>
        <message>
            <source>The disk has only {room} MiB free: make room first.</source>
            <translation>磁盘只剩 {room} MiB：请先腾出空间。</translation>
        </message>
        <message>
            <source>That is too short for it to show much; the longer, the better.</source>
            <translation>时间太短，看不出多少效果；越长越好。</translation>
        </message>
        <message>
            <source>A batch can be worked on in parts: less memory, the same sums, more time.</source>
            <translation>一批可以分份计算：内存更少，结果相同，用时更长。</translation>
        </message>
        <message>
            <source>Goes on from the newest checkpoint with this change; nothing is lost</source>
            <translation>作此更改后从最新的检查点继续；什么都不会丢失</translation>
        </message>
        <message>
            <source>step {step}</source>
            <translation>第 {step} 步</translation>
        </message>
        <message>
            <source>step {step}, kept</source>
            <translation>第 {step} 步，已保留</translation>
        </message>
        <message>
            <source>step {step}, pictures only</source>
            <translation>第 {step} 步，只剩图片</translation>
        </message>
        <message>
            <source>What it made, by time</source>
            <translation>各个时刻的生成结果</translation>
        </message>
        <message>
            <source>Keep this moment</source>
            <translation>保留此刻</translation>
        </message>
        <message>
            <source>Its model stays in the list of models, however long the run goes on</source>
            <translation>无论训练多久，这一刻的模型都留在模型列表中</translation>
        </message>
    </context>
    <context>
        <name>TrainingPictures</name>
        <message>
            <source>the middle square</source>
            <translation>中间的方形</translation>
        </message>
        <message>
            <source>where most detail is</source>
            <translation>细节最多处</translation>
        </message>
        <message>
            <source>windows along the long side</source>
            <translation>沿长边取景</translation>
        </message>
        <message>
            <source>all, on its paper</source>
            <translation>整张，四周补纸色</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>不测试</translation>
        </message>
        <message>
            <source>one picture in ten</source>
            <translation>十分之一的图片</translation>
        </message>
        <message>
            <source>one picture in five</source>
            <translation>五分之一的图片</translation>
        </message>
        <message>
            <source>cannot be read</source>
            <translation>无法读取</translation>
        </message>
        <message>
            <source>too large</source>
            <translation>过大</translation>
        </message>
        <message>
            <source>also a test picture</source>
            <translation>也在测试图片中</translation>
        </message>
        <message>
            <source>copies</source>
            <translation>重复</translation>
        </message>
        <message>
            <source>almost alike</source>
            <translation>几乎相同</translation>
        </message>
        <message>
            <source>empty</source>
            <translation>空白</translation>
        </message>
        <message>
            <source>small</source>
            <translation>尺寸小</translation>
        </message>
        <message>
            <source>very long</source>
            <translation>狭长</translation>
        </message>
        <message>
            <source>border</source>
            <translation>边框</translation>
        </message>
        <message>
            <source>askew</source>
            <translation>歪斜</translation>
        </message>
        <message>
            <source>paper tone</source>
            <translation>纸色</translation>
        </message>
        <message>
            <source>red seal</source>
            <translation>红色印章</translation>
        </message>
        <message>
            <source>Folder of test pictures</source>
            <translation>测试图片文件夹</translation>
        </message>
        <message>
            <source>none</source>
            <translation>无</translation>
        </message>
        <message>
            <source>the sub-folders</source>
            <translation>子文件夹</translation>
        </message>
        <message>
            <source>{count} palettes</source>
            <translation>{count} 组配色</translation>
        </message>
        <message>
            <source>the folder “{name}”</source>
            <translation>文件夹“{name}”</translation>
        </message>
        <message>
            <source>another folder…</source>
            <translation>另一个文件夹…</translation>
        </message>
        <message>
            <source>Choose a folder of your pictures: what is wrong with them shows here.</source>
            <translation>选择你的图片文件夹：图片有什么问题，会显示在这里。</translation>
        </message>
        <message>
            <source>Choose a folder of pictures…</source>
            <translation>选择图片文件夹…</translation>
        </message>
        <message>
            <source>Looking through the pictures: {done} of {total}</source>
            <translation>正在查看图片：{done} / {total}</translation>
        </message>
        <message>
            <source>For training: {stay} of {count} pictures. Held out for testing: {held}. Left out: {out}.</source>
            <translation>{count} 张图片中 {stay} 张用于训练，留作测试 {held} 张，排除 {out} 张。</translation>
        </message>
        <message>
            <source>For training: {stay} of {count} pictures. Left out: {out}.</source>
            <translation>{count} 张图片中 {stay} 张用于训练，排除 {out} 张。</translation>
        </message>
        <message>
            <source>Leave as it is</source>
            <translation>保持原样</translation>
        </message>
        <message>
            <source>Trim</source>
            <translation>裁去</translation>
        </message>
        <message>
            <source>Straighten</source>
            <translation>摆正</translation>
        </message>
        <message>
            <source>Even out</source>
            <translation>校匀</translation>
        </message>
        <message>
            <source>Never mirror</source>
            <translation>不要镜像</translation>
        </message>
        <message>
            <source>Include</source>
            <translation>选用</translation>
        </message>
        <message>
            <source>Leave out</source>
            <translation>排除</translation>
        </message>
        <message>
            <source>all pictures</source>
            <translation>全部图片</translation>
        </message>
        <message>
            <source>those with a finding</source>
            <translation>有问题的</translation>
        </message>
        <message>
            <source>those left out</source>
            <translation>已排除的</translation>
        </message>
        <message>
            <source>Choose a picture to see what training sees of it.</source>
            <translation>选择一张图片，查看训练会看到什么。</translation>
        </message>
        <message>
            <source>Training sees of “{file}”:</source>
            <translation>训练从“{file}”中看到：</translation>
        </message>
        <message>
            <source>Take</source>
            <translation>取景</translation>
        </message>
        <message>
            <source>Which part of a picture becomes a square</source>
            <translation>图片的哪一部分成为方形</translation>
        </message>
        <message>
            <source>Classes</source>
            <translation>类别</translation>
        </message>
        <message>
            <source>What the model can be asked for by name afterwards; palettes group your pictures by their colours</source>
            <translation>之后可按名称向模型要求什么；配色按颜色给图片分组</translation>
        </message>
        <message>
            <source>Test on</source>
            <translation>测试用</translation>
        </message>
        <message>
            <source>Pictures that are never trained on show whether a model learns by heart</source>
            <translation>从不参与训练的图片可以显示模型是否在死记硬背</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>显示</translation>
        </message>
        <message>
            <source>Learn ink in grey</source>
            <translation>以灰度学习水墨</translation>
        </message>
        <message>
            <source>One channel instead of three: no coloured fringes</source>
            <translation>用一个通道代替三个，不产生彩色边纹</translation>
        </message>
        <message>
            <source>Mirrored at the right: would these still be right?</source>
            <translation>右侧为镜像：这样还对吗？</translation>
        </message>
        <message>
            <source>Yes, mirror too</source>
            <translation>对，也用镜像</translation>
        </message>
        <message>
            <source>No, never mirror</source>
            <translation>不对，不要镜像</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Your files are never changed and never leave this computer.</source>
            <translation>不会修改你的文件，文件也不会离开本机。</translation>
        </message>
        <message>
            <source>Contact sheet</source>
            <translation>图片总览</translation>
        </message>
        <message>
            <source>As the judge sees them…</source>
            <translation>判别器眼中的样子…</translation>
        </message>
        <message>
            <source>What training sees</source>
            <translation>训练所见</translation>
        </message>
    </context>
    <context>
        <name>TrainingReport</name>
        <message>
            <source>Its pictures most like one it learnt from, each beside the three nearest of these</source>
            <translation>与训练图片最相像的生成图片，右侧为最接近的三张训练图片</translation>
        </message>
        <message>
            <source>{count} pictures of step {step}, beside {real} it learnt from</source>
            <translation>第 {step} 步的 {count} 张图片，与 {real} 张训练图片比较</translation>
        </message>
        <message>
            <source>Measured by {features}, weights {weights}, at {side} px ({resize})</source>
            <translation>测量所用：{features}，权重 {weights}，{side} px（{resize}）</translation>
        </message>
        <message>
            <source>Distance: {value} (two halves: {halves})</source>
            <translation>距离：{value}（两半之间：{halves}）</translation>
        </message>
        <message>
            <source>Fréchet distance of its pictures from those it learnt from; in brackets that of one half of those from the other, which is as small as it gets</source>
            <translation>生成图片与训练图片的 Fréchet 距离；括号内为训练图片两半之间的距离，即可达到的最小值</translation>
        </message>
        <message>
            <source>How many pictures of a class look most like those of that class</source>
            <translation>某类别的生成图片中，最像该类别训练图片的比例</translation>
        </message>
        <message>
            <source>Class is right: {classes}</source>
            <translation>类别正确：{classes}</translation>
        </message>
        <message>
            <source>In square brackets: between these, 95 of 100 such measurements lie</source>
            <translation>方括号内：100 次同样的测量中有 95 次落在其间</translation>
        </message>
        <message>
            <source>FID: {fid} · inception score: {score}</source>
            <translation>FID：{fid} · Inception 分数：{score}</translation>
        </message>
        <message>
            <source>Fréchet Inception distance, 0 for pictures alike, and how clear and varied they are; with {network}</source>
            <translation>Fréchet Inception 距离（相同时为 0），以及图片有多清晰、多样；使用 {network}</translation>
        </message>
        <message>
            <source>Second network: kernel distance {kernel} · alike {precision} · covered {recall} · density {density} · reached {coverage}</source>
            <translation>第二个网络：核距离 {kernel} · 相像 {precision} · 覆盖 {recall} · 密度 {density} · 触及 {coverage}</translation>
        </message>
        <message>
            <source>{slider}: {most} {change} · {other} {less}</source>
            <translation>{slider}：{most} {change} · {other} {less}</translation>
        </message>
        <message>
            <source>What the sliders change, most and next</source>
            <translation>滑块改变了什么，最多与其次</translation>
        </message>
        <message>
            <source>{slider}: nothing that can be told</source>
            <translation>{slider}：看不出改变</translation>
        </message>
        <message>
            <source>From one end to the other, in deviations between {pictures} unmoved pictures. How surely what changes most follows the slider, from −1 to 1: {sure}</source>
            <translation>从一端到另一端，单位为 {pictures} 张未移动图片之间的标准差。改变最多的一项跟随滑块的程度，从 −1 到 1：{sure}</translation>
        </message>
        <message>
            <source>Classes are judged by a classifier that is right of {right} of {count} pictures it never saw</source>
            <translation>类别由分类器判断，在 {count} 张它没见过的图片中答对 {right}</translation>
        </message>
        <message>
            <source>FID and inception score: no Inception weights</source>
            <translation>FID 与 Inception 分数：没有 Inception 权重</translation>
        </message>
        <message>
            <source>They need the weights of the Inception network, which are never downloaded: choose their file under Generate, Judge and compare, Compare measurements</source>
            <translation>它们需要 Inception 网络的权重，而丹青从不下载：请在“生成”“评判与比较”“比较测量”中选择该文件</translation>
        </message>
        <message>
            <source>Sharpness: {value}</source>
            <translation>锐度：{value}</translation>
        </message>
        <message>
            <source>How much fine detail its pictures have by what those it learnt from have; less than 100 % is blurred, more is grain</source>
            <translation>它的图片与所学图片相比有多少细节；低于 100 % 为模糊，高于则为颗粒</translation>
        </message>
        <message>
            <source>Kernel distance: {value}</source>
            <translation>核距离：{value}</translation>
        </message>
        <message>
            <source>How unlike its pictures and those it learnt from are, whatever their number; around 0 when they are alike</source>
            <translation>它的图片与学习所用图片的差异，不受数量影响；相近时约为 0</translation>
        </message>
        <message>
            <source>Density: {density} · reached: {coverage}</source>
            <translation>密度：{density} · 触及：{coverage}</translation>
        </message>
        <message>
            <source>How closely those it learnt from lie around its pictures, 1 when they are alike; and how many of them have one of its near</source>
            <translation>学习所用图片在它的图片周围有多密，相近时为 1；以及其中有多少附近有它的图片</translation>
        </message>
        <message>
            <source>Variety: {value}. It repeats itself: train longer, or on more pictures.</source>
            <translation>多样性：{value}。出现雷同：请延长训练，或增加图片。</translation>
        </message>
        <message>
            <source>Variety: {value}</source>
            <translation>多样性：{value}</translation>
        </message>
        <message>
            <source>100 %: its pictures differ as much as those it learnt from</source>
            <translation>100 %：生成图片之间的差异与训练图片之间的差异相当</translation>
        </message>
        <message>
            <source>Alike: {precision} · covered: {recall}</source>
            <translation>相像：{precision} · 覆盖：{recall}</translation>
        </message>
        <message>
            <source>How many of its pictures could be among those it learnt from, and of those among its own</source>
            <translation>生成图片中可混入训练图片的比例，以及训练图片中可混入生成图片的比例</translation>
        </message>
        <message>
            <source>Nearly copies: {value}. It learns by heart: stop earlier, or add pictures.</source>
            <translation>近似副本：{value}。模型在死记硬背：请提前停止，或增加图片。</translation>
        </message>
        <message>
            <source>Nearly copies: {value} (unseen pictures: {held})</source>
            <translation>近似副本：{value}（未学过的图片：{held}）</translation>
        </message>
        <message>
            <source>Nearly copies: {value} (usual: 5 %)</source>
            <translation>近似副本：{value}（通常为 5 %）</translation>
        </message>
        <message>
            <source>Pictures nearer to one it learnt from than nearly all of those are to each other</source>
            <translation>与某张训练图片的距离，小于几乎所有训练图片彼此间距离的生成图片</translation>
        </message>
        <message>
            <source>Copy check, copies of your pictures: {copied} of {count}.</source>
            <translation>复制检查：{count} 张中有 {copied} 张是你的图片的复制品。</translation>
        </message>
        <message>
            <source>Copy check: none of {count} is a copy</source>
            <translation>复制检查：{count} 张中没有复制品</translation>
        </message>
        <message>
            <source>Pictures whose edges are those of one it learnt from, also where that is mirrored, cut or in other colours</source>
            <translation>边缘与某张训练图片一致的图片，包括镜像、裁切或改色后的</translation>
        </message>
    </context>
    <context>
        <name>Viewing</name>
        <message>
            <source>Profile to proof for</source>
            <translation>校样用的配置文件</translation>
        </message>
        <message>
            <source>Profile of the screen</source>
            <translation>显示器的配置文件</translation>
        </message>
        <message>
            <source>Colour profiles</source>
            <translation>颜色配置文件</translation>
        </message>
    </context>
    <context>
        <name>Wall</name>
        <message>
            <source>Wall of nine</source>
            <translation>九宫格</translation>
        </message>
        <message>
            <source>Nine pictures, the shown one in the middle</source>
            <translation>九张图片，中间是当前图片</translation>
        </message>
        <message>
            <source>Others</source>
            <translation>换一批</translation>
        </message>
        <message>
            <source>Stay here</source>
            <translation>停在这里</translation>
        </message>
        <message>
            <source>Walk by itself</source>
            <translation>自动漫步</translation>
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
            <source>Photo</source>
            <translation>修图</translation>
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
            <source>{key}: {tool}</source>
            <translation>{key}：{tool}</translation>
        </message>
        <message>
            <source>{key} again: {tool}</source>
            <translation>再按 {key}：{tool}</translation>
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
        <message>
            <source>{tool}, as long as its key is held; then {before} again</source>
            <translation>按住按键：{tool}；松开后：{before}</translation>
        </message>
        <message>
            <source>Let go: a new layer here</source>
            <translation>松手：在此处新建图层</translation>
        </message>
        <message>
            <source>Let go: opens</source>
            <translation>松手：打开</translation>
        </message>
        <message>
            <source>Let go: a folder goes through the filters</source>
            <translation>松开：用滤镜处理整个文件夹</translation>
        </message>
        <message>
            <source>Dropped picture</source>
            <translation>拖入的图像</translation>
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
            <source>Export layer…</source>
            <translation>导出图层…</translation>
        </message>
        <message>
            <source>Export layers as masks…</source>
            <translation>导出图层为蒙版…</translation>
        </message>
        <message>
            <source>Import brushes…</source>
            <translation>导入画笔…</translation>
        </message>
        <message>
            <source>Export brushes…</source>
            <translation>导出画笔…</translation>
        </message>
        <message>
            <source>Add references…</source>
            <translation>添加参考图…</translation>
        </message>
        <message>
            <source>Fit reference board</source>
            <translation>显示整个参考板</translation>
        </message>
        <message>
            <source>Process video…</source>
            <translation>绘制过程视频…</translation>
        </message>
        <message>
            <source>About this picture…</source>
            <translation>关于这张图像…</translation>
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
            <source>Keys as in Danqing</source>
            <translation>丹青的快捷键</translation>
        </message>
        <message>
            <source>Keys as in Photoshop</source>
            <translation>Photoshop 的快捷键</translation>
        </message>
        <message>
            <source>Keys as in Krita</source>
            <translation>Krita 的快捷键</translation>
        </message>
        <message>
            <source>Keys as in GIMP</source>
            <translation>GIMP 的快捷键</translation>
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
            <source>Cut</source>
            <translation>剪切</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>复制</translation>
        </message>
        <message>
            <source>Copy merged</source>
            <translation>合并拷贝</translation>
        </message>
        <message>
            <source>Paste</source>
            <translation>粘贴</translation>
        </message>
        <message>
            <source>Paste as new picture</source>
            <translation>粘贴为新图像</translation>
        </message>
        <message>
            <source>Paste into selection</source>
            <translation>粘贴到选区</translation>
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
            <source>Add layer mask</source>
            <translation>添加图层蒙版</translation>
        </message>
        <message>
            <source>Clipping mask</source>
            <translation>剪贴蒙版</translation>
        </message>
        <message>
            <source>No label</source>
            <translation>无标签</translation>
        </message>
        <message>
            <source>Red label</source>
            <translation>红色标签</translation>
        </message>
        <message>
            <source>Orange label</source>
            <translation>橙色标签</translation>
        </message>
        <message>
            <source>Yellow label</source>
            <translation>黄色标签</translation>
        </message>
        <message>
            <source>Green label</source>
            <translation>绿色标签</translation>
        </message>
        <message>
            <source>Blue label</source>
            <translation>蓝色标签</translation>
        </message>
        <message>
            <source>Violet label</source>
            <translation>紫色标签</translation>
        </message>
        <message>
            <source>Grey label</source>
            <translation>灰色标签</translation>
        </message>
        <message>
            <source>Brown label</source>
            <translation>棕色标签</translation>
        </message>
        <message>
            <source>New dodge and burn layer</source>
            <translation>新建减淡加深图层</translation>
        </message>
        <message>
            <source>Rename several layers…</source>
            <translation>批量重命名图层…</translation>
        </message>
        <message>
            <source>Link layers</source>
            <translation>链接图层</translation>
        </message>
        <message>
            <source>Unlink layers</source>
            <translation>取消图层链接</translation>
        </message>
        <message>
            <source>Back to the last layer</source>
            <translation>回到上一个图层</translation>
        </message>
        <message>
            <source>Split detail and colour…</source>
            <translation>分离细节与颜色…</translation>
        </message>
        <message>
            <source>Group layers</source>
            <translation>图层编组</translation>
        </message>
        <message>
            <source>Ungroup</source>
            <translation>取消编组</translation>
        </message>
        <message>
            <source>Mask from selection</source>
            <translation>由选区建立蒙版</translation>
        </message>
        <message>
            <source>Mask that hides the selection</source>
            <translation>建立隐藏选区的蒙版</translation>
        </message>
        <message>
            <source>Paint on the mask</source>
            <translation>在蒙版上绘画</translation>
        </message>
        <message>
            <source>Show the mask alone</source>
            <translation>单独显示蒙版</translation>
        </message>
        <message>
            <source>Disable layer mask</source>
            <translation>停用图层蒙版</translation>
        </message>
        <message>
            <source>Invert layer mask</source>
            <translation>反相图层蒙版</translation>
        </message>
        <message>
            <source>Apply layer mask</source>
            <translation>应用图层蒙版</translation>
        </message>
        <message>
            <source>Delete layer mask</source>
            <translation>删除图层蒙版</translation>
        </message>
        <message>
            <source>Edit effects…</source>
            <translation>编辑效果…</translation>
        </message>
        <message>
            <source>Copy effects</source>
            <translation>拷贝效果</translation>
        </message>
        <message>
            <source>Paste effects</source>
            <translation>粘贴效果</translation>
        </message>
        <message>
            <source>Delete effects</source>
            <translation>删除效果</translation>
        </message>
        <message>
            <source>Duplicate layer</source>
            <translation>复制图层</translation>
        </message>
        <message>
            <source>Cut selection to new layer</source>
            <translation>通过剪切新建图层</translation>
        </message>
        <message>
            <source>Delete layer</source>
            <translation>删除图层</translation>
        </message>
        <message>
            <source>Rename layer</source>
            <translation>重命名图层</translation>
        </message>
        <message>
            <source>Show layer alone</source>
            <translation>单独显示图层</translation>
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
            <source>Move layer to the top</source>
            <translation>图层移到最上</translation>
        </message>
        <message>
            <source>Move layer to the bottom</source>
            <translation>图层移到最下</translation>
        </message>
        <message>
            <source>Next layer up</source>
            <translation>选择上一图层</translation>
        </message>
        <message>
            <source>Next layer down</source>
            <translation>选择下一图层</translation>
        </message>
        <message>
            <source>Lock everything</source>
            <translation>锁定全部</translation>
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
            <source>Merge down</source>
            <translation>向下合并</translation>
        </message>
        <message>
            <source>Merge visible</source>
            <translation>合并可见图层</translation>
        </message>
        <message>
            <source>Stamp visible</source>
            <translation>盖印可见图层</translation>
        </message>
        <message>
            <source>Flatten image</source>
            <translation>拼合图像</translation>
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
            <source>Reselect</source>
            <translation>重新选择</translation>
        </message>
        <message>
            <source>Invert selection</source>
            <translation>反选</translation>
        </message>
        <message>
            <source>Quick mask</source>
            <translation>快速蒙版</translation>
        </message>
        <message>
            <source>Grow…</source>
            <translation>扩展…</translation>
        </message>
        <message>
            <source>Shrink…</source>
            <translation>收缩…</translation>
        </message>
        <message>
            <source>Feather…</source>
            <translation>羽化…</translation>
        </message>
        <message>
            <source>Border…</source>
            <translation>边界…</translation>
        </message>
        <message>
            <source>Smooth…</source>
            <translation>平滑…</translation>
        </message>
        <message>
            <source>Transform selection</source>
            <translation>变换选区</translation>
        </message>
        <message>
            <source>Layer's pixels</source>
            <translation>图层像素</translation>
        </message>
        <message>
            <source>Layer mask</source>
            <translation>图层蒙版</translation>
        </message>
        <message>
            <source>Luminance</source>
            <translation>明度</translation>
        </message>
        <message>
            <source>Red channel</source>
            <translation>红色通道</translation>
        </message>
        <message>
            <source>Green channel</source>
            <translation>绿色通道</translation>
        </message>
        <message>
            <source>Blue channel</source>
            <translation>蓝色通道</translation>
        </message>
        <message>
            <source>Shadows</source>
            <translation>阴影</translation>
        </message>
        <message>
            <source>Midtones</source>
            <translation>中间调</translation>
        </message>
        <message>
            <source>Highlights</source>
            <translation>高光</translation>
        </message>
        <message>
            <source>Choose tones…</source>
            <translation>选择明暗范围…</translation>
        </message>
        <message>
            <source>Save selection…</source>
            <translation>存储选区…</translation>
        </message>
        <message>
            <source>Saved selections…</source>
            <translation>已存选区…</translation>
        </message>
        <message>
            <source>Load the last saved selection</source>
            <translation>载入最近存储的选区</translation>
        </message>
        <message>
            <source>Find layers</source>
            <translation>查找图层</translation>
        </message>
        <message>
            <source>Fill with the colour</source>
            <translation>用前景色填充</translation>
        </message>
        <message>
            <source>Fill with the second colour</source>
            <translation>用背景色填充</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>清除</translation>
        </message>
        <message>
            <source>Stroke selection…</source>
            <translation>描边选区…</translation>
        </message>
        <message>
            <source>Stroke selection with the brush</source>
            <translation>用画笔描边选区</translation>
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
            <source>Find directions</source>
            <translation>寻找方向</translation>
        </message>
        <message>
            <source>Wall of nine…</source>
            <translation>九宫格…</translation>
        </message>
        <message>
            <source>More of what pleases…</source>
            <translation>更多喜欢的画面…</translation>
        </message>
        <message>
            <source>Slider from examples…</source>
            <translation>由示例生成滑块…</translation>
        </message>
        <message>
            <source>Find layer in model…</source>
            <translation>在模型中寻找图层…</translation>
        </message>
        <message>
            <source>Encode layer…</source>
            <translation>编码图层…</translation>
        </message>
        <message>
            <source>Mix layers in model</source>
            <translation>在模型中混合图层</translation>
        </message>
        <message>
            <source>Map of a folder…</source>
            <translation>文件夹地图…</translation>
        </message>
        <message>
            <source>Save latent…</source>
            <translation>保存潜变量…</translation>
        </message>
        <message>
            <source>Open latent…</source>
            <translation>打开潜变量…</translation>
        </message>
        <message>
            <source>Add detail ×4</source>
            <translation>添加细节 ×4</translation>
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
            <source>Film from variation to variation…</source>
            <translation>变体之间的过渡动画…</translation>
        </message>
        <message>
            <source>Place waiting pictures</source>
            <translation>置入等待的图片</translation>
        </message>
        <message>
            <source>Train on a folder…</source>
            <translation>用文件夹训练…</translation>
        </message>
        <message>
            <source>Learn detail from a folder…</source>
            <translation>从文件夹学习细节…</translation>
        </message>
        <message>
            <source>Lesson zero: digits from noise…</source>
            <translation>第零课：从噪声到数字…</translation>
        </message>
        <message>
            <source>Teach classes…</source>
            <translation>教会分类…</translation>
        </message>
        <message>
            <source>Generated beside real…</source>
            <translation>生成与真实并排…</translation>
        </message>
        <message>
            <source>Blind vote between models…</source>
            <translation>模型盲选…</translation>
        </message>
        <message>
            <source>Compare measurements…</source>
            <translation>比较测量…</translation>
        </message>
        <message>
            <source>Import model…</source>
            <translation>导入模型…</translation>
        </message>
        <message>
            <source>Export model…</source>
            <translation>导出模型…</translation>
        </message>
        <message>
            <source>Repeats sideways</source>
            <translation>左右无缝重复</translation>
        </message>
        <message>
            <source>Repeats up and down</source>
            <translation>上下无缝重复</translation>
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
            <source>Mirror view</source>
            <translation>镜像视图</translation>
        </message>
        <message>
            <source>Zoom to selection</source>
            <translation>缩放到选区</translation>
        </message>
        <message>
            <source>Second view</source>
            <translation>第二视图</translation>
        </message>
        <message>
            <source>Navigator</source>
            <translation>导航器</translation>
        </message>
        <message>
            <source>Tile preview</source>
            <translation>平铺预览</translation>
        </message>
        <message>
            <source>Rulers</source>
            <translation>标尺</translation>
        </message>
        <message>
            <source>Guides</source>
            <translation>参考线</translation>
        </message>
        <message>
            <source>Selection edge</source>
            <translation>选区边缘</translation>
        </message>
        <message>
            <source>Grid</source>
            <translation>网格</translation>
        </message>
        <message>
            <source>Assistants</source>
            <translation>辅助尺</translation>
        </message>
        <message>
            <source>Symmetry axes</source>
            <translation>对称轴</translation>
        </message>
        <message>
            <source>Samplers</source>
            <translation>取样点</translation>
        </message>
        <message>
            <source>Snap</source>
            <translation>对齐</translation>
        </message>
        <message>
            <source>Snap to guides</source>
            <translation>对齐到参考线</translation>
        </message>
        <message>
            <source>Snap to the grid</source>
            <translation>对齐到网格</translation>
        </message>
        <message>
            <source>Snap to canvas edges and middle</source>
            <translation>对齐到画布边缘与中心</translation>
        </message>
        <message>
            <source>Snap to layers</source>
            <translation>对齐到图层</translation>
        </message>
        <message>
            <source>Lock guides</source>
            <translation>锁定参考线</translation>
        </message>
        <message>
            <source>Clear guides</source>
            <translation>清除参考线</translation>
        </message>
        <message>
            <source>Guides and grid…</source>
            <translation>参考线与网格…</translation>
        </message>
        <message>
            <source>Values in grey</source>
            <translation>灰度明暗</translation>
        </message>
        <message>
            <source>As seen with protanopia</source>
            <translation>红色盲所见</translation>
        </message>
        <message>
            <source>As seen with deuteranopia</source>
            <translation>绿色盲所见</translation>
        </message>
        <message>
            <source>As seen with tritanopia</source>
            <translation>蓝色盲所见</translation>
        </message>
        <message>
            <source>Soft proof</source>
            <translation>校样颜色</translation>
        </message>
        <message>
            <source>Mark colours out of gamut</source>
            <translation>标出超出色域的颜色</translation>
        </message>
        <message>
            <source>Profile to proof for…</source>
            <translation>校样用的配置文件…</translation>
        </message>
        <message>
            <source>Profile of the screen…</source>
            <translation>显示器的配置文件…</translation>
        </message>
        <message>
            <source>The screen's own profile</source>
            <translation>屏幕自带的配置文件</translation>
        </message>
        <message>
            <source>The screen is sRGB</source>
            <translation>显示器为 sRGB</translation>
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
            <source>200 %</source>
            <translation>200 %</translation>
        </message>
        <message>
            <source>400 %</source>
            <translation>400 %</translation>
        </message>
        <message>
            <source>800 %</source>
            <translation>800 %</translation>
        </message>
        <message>
            <source>Material preview…</source>
            <translation>材质预览…</translation>
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
            <source>Pin a sampler</source>
            <translation>钉住取样点</translation>
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
            <source>Brushes</source>
            <translation>画笔</translation>
        </message>
        <message>
            <source>Palettes</source>
            <translation>色板</translation>
        </message>
        <message>
            <source>Layers</source>
            <translation>图层</translation>
        </message>
        <message>
            <source>Reference board</source>
            <translation>参考板</translation>
        </message>
        <message>
            <source>Channels</source>
            <translation>通道</translation>
        </message>
        <message>
            <source>Info</source>
            <translation>信息</translation>
        </message>
        <message>
            <source>Histogram</source>
            <translation>直方图</translation>
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
            <source>Training pictures</source>
            <translation>训练图片</translation>
        </message>
        <message>
            <source>Jobs</source>
            <translation>任务</translation>
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
            <source>Photo workspace</source>
            <translation>修图工作区</translation>
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
            <source>Keys for everything…</source>
            <translation>全部按键…</translation>
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
            <source>Smudge</source>
            <translation>涂抹</translation>
        </message>
        <message>
            <source>Blur brush</source>
            <translation>模糊画笔</translation>
        </message>
        <message>
            <source>Clone</source>
            <translation>仿制图章</translation>
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
            <source>Brush opacity 100 %</source>
            <translation>画笔不透明度 100 %</translation>
        </message>
        <message>
            <source>Brush opacity 10 %</source>
            <translation>画笔不透明度 10 %</translation>
        </message>
        <message>
            <source>Brush opacity 20 %</source>
            <translation>画笔不透明度 20 %</translation>
        </message>
        <message>
            <source>Brush opacity 30 %</source>
            <translation>画笔不透明度 30 %</translation>
        </message>
        <message>
            <source>Brush opacity 40 %</source>
            <translation>画笔不透明度 40 %</translation>
        </message>
        <message>
            <source>Brush opacity 50 %</source>
            <translation>画笔不透明度 50 %</translation>
        </message>
        <message>
            <source>Brush opacity 60 %</source>
            <translation>画笔不透明度 60 %</translation>
        </message>
        <message>
            <source>Brush opacity 70 %</source>
            <translation>画笔不透明度 70 %</translation>
        </message>
        <message>
            <source>Brush opacity 80 %</source>
            <translation>画笔不透明度 80 %</translation>
        </message>
        <message>
            <source>Brush opacity 90 %</source>
            <translation>画笔不透明度 90 %</translation>
        </message>
        <message>
            <source>Brush flow 100 %</source>
            <translation>画笔流量 100 %</translation>
        </message>
        <message>
            <source>Brush flow 10 %</source>
            <translation>画笔流量 10 %</translation>
        </message>
        <message>
            <source>Brush flow 20 %</source>
            <translation>画笔流量 20 %</translation>
        </message>
        <message>
            <source>Brush flow 30 %</source>
            <translation>画笔流量 30 %</translation>
        </message>
        <message>
            <source>Brush flow 40 %</source>
            <translation>画笔流量 40 %</translation>
        </message>
        <message>
            <source>Brush flow 50 %</source>
            <translation>画笔流量 50 %</translation>
        </message>
        <message>
            <source>Brush flow 60 %</source>
            <translation>画笔流量 60 %</translation>
        </message>
        <message>
            <source>Brush flow 70 %</source>
            <translation>画笔流量 70 %</translation>
        </message>
        <message>
            <source>Brush flow 80 %</source>
            <translation>画笔流量 80 %</translation>
        </message>
        <message>
            <source>Brush flow 90 %</source>
            <translation>画笔流量 90 %</translation>
        </message>
        <message>
            <source>Favourite brush 1</source>
            <translation>常用画笔 1</translation>
        </message>
        <message>
            <source>Favourite brush 2</source>
            <translation>常用画笔 2</translation>
        </message>
        <message>
            <source>Favourite brush 3</source>
            <translation>常用画笔 3</translation>
        </message>
        <message>
            <source>Favourite brush 4</source>
            <translation>常用画笔 4</translation>
        </message>
        <message>
            <source>Favourite brush 5</source>
            <translation>常用画笔 5</translation>
        </message>
        <message>
            <source>Smaller brush</source>
            <translation>缩小画笔</translation>
        </message>
        <message>
            <source>Larger brush</source>
            <translation>放大画笔</translation>
        </message>
        <message>
            <source>Less brush opacity</source>
            <translation>降低画笔不透明度</translation>
        </message>
        <message>
            <source>More brush opacity</source>
            <translation>提高画笔不透明度</translation>
        </message>
        <message>
            <source>Softer brush</source>
            <translation>画笔更软</translation>
        </message>
        <message>
            <source>Harder brush</source>
            <translation>画笔更硬</translation>
        </message>
        <message>
            <source>Lighter colour</source>
            <translation>颜色变亮</translation>
        </message>
        <message>
            <source>Darker colour</source>
            <translation>颜色变暗</translation>
        </message>
        <message>
            <source>Brush erases</source>
            <translation>画笔擦除</translation>
        </message>
        <message>
            <source>Previous brush</source>
            <translation>上一支画笔</translation>
        </message>
        <message>
            <source>Edit brush…</source>
            <translation>编辑画笔…</translation>
        </message>
        <message>
            <source>Pop-up palette</source>
            <translation>弹出式面板</translation>
        </message>
        <message>
            <source>Save brush</source>
            <translation>保存画笔</translation>
        </message>
        <message>
            <source>Save brush as…</source>
            <translation>画笔另存为…</translation>
        </message>
        <message>
            <source>Brush from picture</source>
            <translation>用图像定义画笔</translation>
        </message>
        <message>
            <source>Reload brush</source>
            <translation>重新载入画笔</translation>
        </message>
        <message>
            <source>Bring back deleted brushes</source>
            <translation>恢复已删除的画笔</translation>
        </message>
        <message>
            <source>sRGB</source>
            <translation>sRGB</translation>
        </message>
        <message>
            <source>Display P3</source>
            <translation>Display P3</translation>
        </message>
        <message>
            <source>Adobe RGB (1998)</source>
            <translation>Adobe RGB (1998)</translation>
        </message>
        <message>
            <source>Linear sRGB</source>
            <translation>线性 sRGB</translation>
        </message>
        <message>
            <source>Colour wheel</source>
            <translation>色轮</translation>
        </message>
        <message>
            <source>Colour sliders</source>
            <translation>颜色滑块</translation>
        </message>
        <message>
            <source>Colour harmony</source>
            <translation>配色</translation>
        </message>
        <message>
            <source>Palette from picture</source>
            <translation>从图像提取色板</translation>
        </message>
        <message>
            <source>Load palette…</source>
            <translation>载入色板…</translation>
        </message>
        <message>
            <source>Save palette…</source>
            <translation>存储色板…</translation>
        </message>
        <message>
            <source>Add colour to palette</source>
            <translation>把颜色加入色板</translation>
        </message>
        <message>
            <source>Colour fill layer</source>
            <translation>纯色填充图层</translation>
        </message>
        <message>
            <source>Gradient fill layer</source>
            <translation>渐变填充图层</translation>
        </message>
        <message>
            <source>Gaussian noise fill layer</source>
            <translation>高斯噪声填充图层</translation>
        </message>
        <message>
            <source>Uniform noise fill layer</source>
            <translation>均匀噪声填充图层</translation>
        </message>
        <message>
            <source>Noise like this picture</source>
            <translation>仿此画面的噪声</translation>
        </message>
        <message>
            <source>Perlin noise fill layer</source>
            <translation>柏林噪声填充图层</translation>
        </message>
        <message>
            <source>Simplex noise fill layer</source>
            <translation>单纯形噪声填充图层</translation>
        </message>
        <message>
            <source>Fractal noise fill layer</source>
            <translation>分形噪声填充图层</translation>
        </message>
        <message>
            <source>Turbulence fill layer</source>
            <translation>湍流填充图层</translation>
        </message>
        <message>
            <source>Ridged noise fill layer</source>
            <translation>脊状噪声填充图层</translation>
        </message>
        <message>
            <source>Warped noise fill layer</source>
            <translation>扭曲噪声填充图层</translation>
        </message>
        <message>
            <source>Curl noise fill layer</source>
            <translation>旋度噪声填充图层</translation>
        </message>
        <message>
            <source>Plasma fill layer</source>
            <translation>等离子填充图层</translation>
        </message>
        <message>
            <source>Worley noise fill layer</source>
            <translation>沃利噪声填充图层</translation>
        </message>
        <message>
            <source>Voronoi cell fill layer</source>
            <translation>泰森多边形填充图层</translation>
        </message>
        <message>
            <source>Blue noise fill layer</source>
            <translation>蓝噪声填充图层</translation>
        </message>
        <message>
            <source>Reaction and diffusion fill layer</source>
            <translation>反应扩散填充图层</translation>
        </message>
        <message>
            <source>Marble fill layer</source>
            <translation>大理石填充图层</translation>
        </message>
        <message>
            <source>Wood fill layer</source>
            <translation>木纹填充图层</translation>
        </message>
        <message>
            <source>Clouds fill layer</source>
            <translation>云彩填充图层</translation>
        </message>
        <message>
            <source>Mountains and water layer</source>
            <translation>山水图层</translation>
        </message>
        <message>
            <source>Plant layer</source>
            <translation>植物图层</translation>
        </message>
        <message>
            <source>Flow lines layer</source>
            <translation>流线图层</translation>
        </message>
        <message>
            <source>Fractal layer</source>
            <translation>分形图层</translation>
        </message>
        <message>
            <source>Self-similar figure layer</source>
            <translation>自相似图形图层</translation>
        </message>
        <message>
            <source>Edit what the layer holds</source>
            <translation>编辑图层内容</translation>
        </message>
        <message>
            <source>Edit fill layer…</source>
            <translation>编辑填充图层…</translation>
        </message>
        <message>
            <source>Write pattern as a loop…</source>
            <translation>将图案写成循环动画…</translation>
        </message>
        <message>
            <source>Edit shape</source>
            <translation>编辑形状</translation>
        </message>
        <message>
            <source>Rasterise layer</source>
            <translation>栅格化图层</translation>
        </message>
        <message>
            <source>Values, not colours</source>
            <translation>数值而非颜色</translation>
        </message>
        <message>
            <source>Reference for fills</source>
            <translation>填充参照</translation>
        </message>
        <message>
            <source>Straighten by the measured line</source>
            <translation>按测量线拉直</translation>
        </message>
        <message>
            <source>Image size…</source>
            <translation>图像大小…</translation>
        </message>
        <message>
            <source>Canvas size…</source>
            <translation>画布大小…</translation>
        </message>
        <message>
            <source>Crop to selection</source>
            <translation>裁剪到选区</translation>
        </message>
        <message>
            <source>Trim</source>
            <translation>裁切到内容</translation>
        </message>
        <message>
            <source>Reveal all</source>
            <translation>显示全部</translation>
        </message>
        <message>
            <source>Rotate 90° clockwise</source>
            <translation>顺时针旋转 90°</translation>
        </message>
        <message>
            <source>Rotate 90° counter-clockwise</source>
            <translation>逆时针旋转 90°</translation>
        </message>
        <message>
            <source>Rotate 180°</source>
            <translation>旋转 180°</translation>
        </message>
        <message>
            <source>Flip picture horizontally</source>
            <translation>水平翻转画布</translation>
        </message>
        <message>
            <source>Flip picture vertically</source>
            <translation>垂直翻转画布</translation>
        </message>
        <message>
            <source>Stitch panorama…</source>
            <translation>拼接全景图…</translation>
        </message>
        <message>
            <source>Stitch</source>
            <translation>图像拼接</translation>
        </message>
        <message>
            <source>Blend panorama again</source>
            <translation>重新融合全景图</translation>
        </message>
        <message>
            <source>This photo wins here</source>
            <translation>此处使用这张照片</translation>
        </message>
        <message>
            <source>Flip layer horizontally</source>
            <translation>水平翻转图层</translation>
        </message>
        <message>
            <source>Flip layer vertically</source>
            <translation>垂直翻转图层</translation>
        </message>
        <message>
            <source>Layer size…</source>
            <translation>图层大小…</translation>
        </message>
        <message>
            <source>Rotate layer 90° clockwise</source>
            <translation>图层顺时针旋转 90°</translation>
        </message>
        <message>
            <source>Rotate layer 90° counter-clockwise</source>
            <translation>图层逆时针旋转 90°</translation>
        </message>
        <message>
            <source>Rotate layer 180°</source>
            <translation>图层旋转 180°</translation>
        </message>
        <message>
            <source>Reset transform</source>
            <translation>重置变换</translation>
        </message>
        <message>
            <source>Apply transform</source>
            <translation>应用变换</translation>
        </message>
        <message>
            <source>Trim layer to canvas</source>
            <translation>将图层裁切到画布</translation>
        </message>
        <message>
            <source>Align left edges</source>
            <translation>左对齐</translation>
        </message>
        <message>
            <source>Align centres horizontally</source>
            <translation>水平居中对齐</translation>
        </message>
        <message>
            <source>Align right edges</source>
            <translation>右对齐</translation>
        </message>
        <message>
            <source>Align top edges</source>
            <translation>顶对齐</translation>
        </message>
        <message>
            <source>Align centres vertically</source>
            <translation>垂直居中对齐</translation>
        </message>
        <message>
            <source>Align bottom edges</source>
            <translation>底对齐</translation>
        </message>
        <message>
            <source>Distribute horizontally</source>
            <translation>水平分布</translation>
        </message>
        <message>
            <source>Distribute vertically</source>
            <translation>垂直分布</translation>
        </message>
        <message>
            <source>3 folds</source>
            <translation>3 等分</translation>
        </message>
        <message>
            <source>4 folds</source>
            <translation>4 等分</translation>
        </message>
        <message>
            <source>5 folds</source>
            <translation>5 等分</translation>
        </message>
        <message>
            <source>6 folds</source>
            <translation>6 等分</translation>
        </message>
        <message>
            <source>8 folds</source>
            <translation>8 等分</translation>
        </message>
        <message>
            <source>12 folds</source>
            <translation>12 等分</translation>
        </message>
        <message>
            <source>Mirror left and right</source>
            <translation>左右对称</translation>
        </message>
        <message>
            <source>Mirror top and bottom</source>
            <translation>上下对称</translation>
        </message>
        <message>
            <source>Axes to the middle</source>
            <translation>对称轴移到中央</translation>
        </message>
        <message>
            <source>No symmetry</source>
            <translation>关闭对称</translation>
        </message>
        <message>
            <source>Edit text</source>
            <translation>编辑文字</translation>
        </message>
        <message>
            <source>Text to shape</source>
            <translation>文字转为形状</translation>
        </message>
        <message>
            <source>Assistants tool</source>
            <translation>辅助尺工具</translation>
        </message>
        <message>
            <source>Crop</source>
            <translation>裁剪</translation>
        </message>
        <message>
            <source>Fill</source>
            <translation>填充</translation>
        </message>
        <message>
            <source>Gradient</source>
            <translation>渐变</translation>
        </message>
        <message>
            <source>Lasso</source>
            <translation>套索</translation>
        </message>
        <message>
            <source>Polygon lasso</source>
            <translation>多边形套索</translation>
        </message>
        <message>
            <source>Magnetic lasso</source>
            <translation>磁性套索</translation>
        </message>
        <message>
            <source>Lasso fill</source>
            <translation>套索填充</translation>
        </message>
        <message>
            <source>Select rectangle</source>
            <translation>矩形选框</translation>
        </message>
        <message>
            <source>Select ellipse</source>
            <translation>椭圆选框</translation>
        </message>
        <message>
            <source>Measure</source>
            <translation>测量</translation>
        </message>
        <message>
            <source>Straighten page</source>
            <translation>拉正纸张</translation>
        </message>
        <message>
            <source>Pen</source>
            <translation>钢笔</translation>
        </message>
        <message>
            <source>Rectangle</source>
            <translation>矩形</translation>
        </message>
        <message>
            <source>Ellipse</source>
            <translation>椭圆</translation>
        </message>
        <message>
            <source>Polygon or star</source>
            <translation>多边形与星形</translation>
        </message>
        <message>
            <source>Line</source>
            <translation>直线</translation>
        </message>
        <message>
            <source>Symmetry axes by hand</source>
            <translation>手动设置对称轴</translation>
        </message>
        <message>
            <source>Text</source>
            <translation>文字</translation>
        </message>
        <message>
            <source>Dodge</source>
            <translation>减淡</translation>
        </message>
        <message>
            <source>Burn</source>
            <translation>加深</translation>
        </message>
        <message>
            <source>Sponge</source>
            <translation>海绵</translation>
        </message>
        <message>
            <source>Free transform</source>
            <translation>自由变换</translation>
        </message>
        <message>
            <source>Transform the outline</source>
            <translation>变换选区轮廓</translation>
        </message>
        <message>
            <source>Magic wand</source>
            <translation>魔棒</translation>
        </message>
        <message>
            <source>Select by colour</source>
            <translation>按颜色选择</translation>
        </message>
        <message>
            <source>Quick select</source>
            <translation>快速选择</translation>
        </message>
        <message>
            <source>Select an object</source>
            <translation>选择对象</translation>
        </message>
        <message>
            <source>One-point perspective</source>
            <translation>一点透视</translation>
        </message>
        <message>
            <source>Two-point perspective</source>
            <translation>两点透视</translation>
        </message>
        <message>
            <source>Three-point perspective</source>
            <translation>三点透视</translation>
        </message>
        <message>
            <source>Parallel lines assistant</source>
            <translation>平行线辅助尺</translation>
        </message>
        <message>
            <source>Ellipse assistant</source>
            <translation>椭圆辅助尺</translation>
        </message>
        <message>
            <source>Concentric ellipses</source>
            <translation>同心椭圆</translation>
        </message>
        <message>
            <source>Straight ruler</source>
            <translation>直尺</translation>
        </message>
        <message>
            <source>The theme's surround</source>
            <translation>周围颜色跟随主题</translation>
        </message>
        <message>
            <source>Black surround</source>
            <translation>黑色周围</translation>
        </message>
        <message>
            <source>Dark grey surround</source>
            <translation>深灰周围</translation>
        </message>
        <message>
            <source>Mid grey surround</source>
            <translation>中灰周围</translation>
        </message>
        <message>
            <source>Light grey surround</source>
            <translation>浅灰周围</translation>
        </message>
        <message>
            <source>Another surround colour…</source>
            <translation>其他周围颜色…</translation>
        </message>
        <message>
            <source>Last filter again</source>
            <translation>再次应用上次的滤镜</translation>
        </message>
        <message>
            <source>Last filter, other values</source>
            <translation>上次的滤镜，更改参数</translation>
        </message>
        <message>
            <source>Find a filter</source>
            <translation>查找滤镜</translation>
        </message>
        <message>
            <source>Save filters as a recipe…</source>
            <translation>将滤镜存为配方…</translation>
        </message>
        <message>
            <source>Add filters of a recipe…</source>
            <translation>添加配方中的滤镜…</translation>
        </message>
        <message>
            <source>Copy filter settings</source>
            <translation>复制滤镜设置</translation>
        </message>
        <message>
            <source>Paste filter settings</source>
            <translation>粘贴滤镜设置</translation>
        </message>
        <message>
            <source>Batch…</source>
            <translation>批处理…</translation>
        </message>
        <message>
            <source>Feature map…</source>
            <translation>特征图…</translation>
        </message>
        <message>
            <source>Blend pictures…</source>
            <translation>图像融合…</translation>
        </message>
        <message>
            <source>Blend into surroundings</source>
            <translation>融入周围环境</translation>
        </message>
        <message>
            <source>Blend with mixed gradients</source>
            <translation>混合梯度融合</translation>
        </message>
        <message>
            <source>Harmonise with surroundings</source>
            <translation>与周围色彩协调</translation>
        </message>
        <message>
            <source>Multi-band blending</source>
            <translation>多频段融合</translation>
        </message>
        <message>
            <source>Detail from another picture</source>
            <translation>来自另一张图片的细节</translation>
        </message>
        <message>
            <source>Focus stack</source>
            <translation>焦点合成</translation>
        </message>
        <message>
            <source>Exposure fusion</source>
            <translation>曝光融合</translation>
        </message>
        <message>
            <source>HDR merge</source>
            <translation>合并为 HDR</translation>
        </message>
        <message>
            <source>Morph halfway</source>
            <translation>变形到一半</translation>
        </message>
        <message>
            <source>Median of the stack</source>
            <translation>堆栈中位数</translation>
        </message>
        <message>
            <source>Mean of the stack</source>
            <translation>堆栈平均值</translation>
        </message>
        <message>
            <source>Sigma-clipped mean</source>
            <translation>西格玛裁剪平均值</translation>
        </message>
        <message>
            <source>Lightest of the stack</source>
            <translation>堆栈最大值</translation>
        </message>
        <message>
            <source>Darkest of the stack</source>
            <translation>堆栈最小值</translation>
        </message>
        <message>
            <source>Detail from a folder…</source>
            <translation>从文件夹取细节…</translation>
        </message>
        <message>
            <source>Photomosaic from a folder…</source>
            <translation>用文件夹制作照片马赛克…</translation>
        </message>
        <message>
            <source>Collage of a folder…</source>
            <translation>用文件夹制作拼贴画…</translation>
        </message>
        <message>
            <source>Fill from surroundings</source>
            <translation>内容识别填充</translation>
        </message>
        <message>
            <source>Fill from surroundings with options…</source>
            <translation>内容识别填充（带选项）…</translation>
        </message>
        <message>
            <source>Remove background</source>
            <translation>移除背景</translation>
        </message>
        <message>
            <source>Remove background, clean edge colours</source>
            <translation>移除背景并净化边缘颜色</translation>
        </message>
        <message>
            <source>Cut out…</source>
            <translation>抠图…</translation>
        </message>
        <message>
            <source>Extract line art</source>
            <translation>提取线稿</translation>
        </message>
        <message>
            <source>Paper to transparent</source>
            <translation>纸色转为透明</translation>
        </message>
        <message>
            <source>Make seamless</source>
            <translation>制作无缝贴图</translation>
        </message>
        <message>
            <source>Make seamless with options…</source>
            <translation>制作无缝贴图（带选项）…</translation>
        </message>
        <message>
            <source>Quilt texture…</source>
            <translation>拼合纹理…</translation>
        </message>
        <message>
            <source>Content-aware scale…</source>
            <translation>内容识别缩放…</translation>
        </message>
        <message>
            <source>Remove colour fringes</source>
            <translation>去除色差彩边</translation>
        </message>
        <message>
            <source>Straighten horizon</source>
            <translation>拉直地平线</translation>
        </message>
        <message>
            <source>Scratches and dust</source>
            <translation>划痕和灰尘</translation>
        </message>
        <message>
            <source>Scratches and dust with options…</source>
            <translation>划痕和灰尘（带选项）…</translation>
        </message>
        <message>
            <source>Healing brush</source>
            <translation>修复画笔</translation>
        </message>
        <message>
            <source>Blend into picture</source>
            <translation>融入画面</translation>
        </message>
        <message>
            <source>Patch tool</source>
            <translation>修补工具</translation>
        </message>
        <message>
            <source>Red eye tool</source>
            <translation>红眼工具</translation>
        </message>
        <message>
            <source>Liquify</source>
            <translation>液化</translation>
        </message>
        <message>
            <source>Panorama seam brush</source>
            <translation>全景接缝画笔</translation>
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
            <source>Destination</source>
            <translation>目标</translation>
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
        <name>brush</name>
        <message>
            <source>Only paint and clone are laid with a blend mode.</source>
            <translation>只有绘画和仿制会按混合模式落笔。</translation>
        </message>
        <message>
            <source>Smudge and blur leave no edge of paint.</source>
            <translation>涂抹和模糊不会留下颜料边缘。</translation>
        </message>
        <message>
            <source>Only a brush that paints has a colour to vary.</source>
            <translation>只有绘画用的画笔才有可变化的颜色。</translation>
        </message>
        <message>
            <source>The tip brings its own colours.</source>
            <translation>笔尖自带颜色。</translation>
        </message>
        <message>
            <source>Only paint and smudge pick up colours.</source>
            <translation>只有绘画和涂抹会拾取颜色。</translation>
        </message>
        <message>
            <source>Smudge is 0: nothing is picked up.</source>
            <translation>涂抹为 0：不会拾取颜色。</translation>
        </message>
        <message>
            <source>Only for the brush mode Blur.</source>
            <translation>仅用于“模糊”画笔模式。</translation>
        </message>
        <message>
            <source>Only for the brush mode Clone.</source>
            <translation>仅用于“仿制”画笔模式。</translation>
        </message>
        <message>
            <source>This brush takes nothing from the picture.</source>
            <translation>此画笔不从图像取样。</translation>
        </message>
        <message>
            <source>A round tip looks the same at any angle.</source>
            <translation>圆形笔尖在任何角度都一样。</translation>
        </message>
        <message>
            <source>Tip images have an edge of their own.</source>
            <translation>图像笔尖自有边缘。</translation>
        </message>
        <message>
            <source>Hard pixels have no soft edge.</source>
            <translation>硬像素没有柔和的边缘。</translation>
        </message>
        <message>
            <source>A round tip looks the same mirrored.</source>
            <translation>圆形笔尖镜像后没有变化。</translation>
        </message>
        <message>
            <source>Several things at once choose its tips, as the file says that the brush came from.</source>
            <translation>笔尖由多个条件共同选择，按画笔来源文件的设定。</translation>
        </message>
        <message>
            <source>Scatter is 0.</source>
            <translation>散布为 0。</translation>
        </message>
        <message>
            <source>Only for several tip images.</source>
            <translation>仅用于多个笔尖图像。</translation>
        </message>
        <message>
            <source>Only the tip Ink shows grain.</source>
            <translation>只有“墨”笔尖会显出颗粒。</translation>
        </message>
        <message>
            <source>Smudge and blur leave no ink.</source>
            <translation>涂抹和模糊不会留下墨。</translation>
        </message>
        <message>
            <source>No texture is chosen.</source>
            <translation>未选择纹理。</translation>
        </message>
        <message>
            <source>The stabiliser is off.</source>
            <translation>防抖已关闭。</translation>
        </message>
        <message>
            <source>Nothing follows the pressure.</source>
            <translation>没有参数跟随压力。</translation>
        </message>
        <message>
            <source>More dabs at one place cover no more: add scatter or jitter, or take flow away.</source>
            <translation>同一处落更多笔触点也不会更浓：请增加散布或抖动，或减小流量。</translation>
        </message>
        <message>
            <source>Its value is 0, so there is nothing to drive.</source>
            <translation>其值为 0，无可驱动。</translation>
        </message>
        <message>
            <source>Count is 1: drive it above 100 %.</source>
            <translation>数量为 1：请将它驱动到 100 % 以上。</translation>
        </message>
    </context>
    <context>
        <name>brush-folders</name>
        <message>
            <source>Imported</source>
            <translation>已导入</translation>
        </message>
        <message>
            <source>Ink</source>
            <translation>墨</translation>
        </message>
        <message>
            <source>Dry</source>
            <translation>干画</translation>
        </message>
        <message>
            <source>Wet</source>
            <translation>湿画</translation>
        </message>
        <message>
            <source>Digital</source>
            <translation>数字</translation>
        </message>
        <message>
            <source>Effects</source>
            <translation>效果</translation>
        </message>
        <message>
            <source>Retouch</source>
            <translation>修饰</translation>
        </message>
        <message>
            <source>Erasers</source>
            <translation>橡皮</translation>
        </message>
    </context>
    <context>
        <name>brush-gaps</name>
        <message>
            <source>tremble of the hand</source>
            <translation>手抖</translation>
        </message>
        <message>
            <source>offsets</source>
            <translation>偏移</translation>
        </message>
        <message>
            <source>custom inputs</source>
            <translation>自定义输入</translation>
        </message>
        <message>
            <source>attack angle</source>
            <translation>入笔角度</translation>
        </message>
        <message>
            <source>zoom as an input</source>
            <translation>以视图缩放为输入</translation>
        </message>
        <message>
            <source>grid map</source>
            <translation>网格映射</translation>
        </message>
        <message>
            <source>posterise</source>
            <translation>色调分离</translation>
        </message>
        <message>
            <source>lock alpha</source>
            <translation>锁定透明像素</translation>
        </message>
        <message>
            <source>smudge buckets</source>
            <translation>涂抹色桶</translation>
        </message>
        <message>
            <source>dual brush</source>
            <translation>双重画笔</translation>
        </message>
        <message>
            <source>noise</source>
            <translation>噪点</translation>
        </message>
        <message>
            <source>blend mode of the texture</source>
            <translation>纹理的混合模式</translation>
        </message>
        <message>
            <source>another colour for each stroke</source>
            <translation>每次描边更换颜色</translation>
        </message>
        <message>
            <source>stylus wheel</source>
            <translation>笔轮</translation>
        </message>
        <message>
            <source>initial direction</source>
            <translation>初始方向</translation>
        </message>
        <message>
            <source>background colour</source>
            <translation>背景色</translation>
        </message>
    </context>
    <context>
        <name>brush-tags</name>
        <message>
            <source>background</source>
            <translation>背景</translation>
        </message>
        <message>
            <source>blend</source>
            <translation>混色</translation>
        </message>
        <message>
            <source>block in</source>
            <translation>铺色</translation>
        </message>
        <message>
            <source>calligraphy</source>
            <translation>书法</translation>
        </message>
        <message>
            <source>colour</source>
            <translation>彩色</translation>
        </message>
        <message>
            <source>comic</source>
            <translation>漫画</translation>
        </message>
        <message>
            <source>design</source>
            <translation>设计</translation>
        </message>
        <message>
            <source>erase</source>
            <translation>擦除</translation>
        </message>
        <message>
            <source>flowers</source>
            <translation>花卉</translation>
        </message>
        <message>
            <source>focus</source>
            <translation>焦点</translation>
        </message>
        <message>
            <source>foliage</source>
            <translation>树叶</translation>
        </message>
        <message>
            <source>ink</source>
            <translation>水墨</translation>
        </message>
        <message>
            <source>landscape</source>
            <translation>风景</translation>
        </message>
        <message>
            <source>lettering</source>
            <translation>字体设计</translation>
        </message>
        <message>
            <source>light</source>
            <translation>光</translation>
        </message>
        <message>
            <source>line</source>
            <translation>线条</translation>
        </message>
        <message>
            <source>opaque</source>
            <translation>不透明</translation>
        </message>
        <message>
            <source>paint</source>
            <translation>绘画</translation>
        </message>
        <message>
            <source>pixel art</source>
            <translation>像素画</translation>
        </message>
        <message>
            <source>retouch</source>
            <translation>修饰</translation>
        </message>
        <message>
            <source>shading</source>
            <translation>明暗</translation>
        </message>
        <message>
            <source>sketch</source>
            <translation>素描</translation>
        </message>
        <message>
            <source>stamp</source>
            <translation>图章</translation>
        </message>
        <message>
            <source>texture</source>
            <translation>纹理</translation>
        </message>
        <message>
            <source>transparent</source>
            <translation>透明</translation>
        </message>
        <message>
            <source>wash</source>
            <translation>渲染</translation>
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
            <source>there is no file “{word}”</source>
            <translation>没有文件“{word}”</translation>
        </message>
        <message>
            <source>Usage:</source>
            <translation>用法：</translation>
        </message>
        <message>
            <source>Options</source>
            <translation>选项</translation>
        </message>
        <message>
            <source>Commands</source>
            <translation>命令</translation>
        </message>
        <message>
            <source>Arguments</source>
            <translation>参数</translation>
        </message>
        <message>
            <source>Show this message and exit.</source>
            <translation>显示本说明并退出。</translation>
        </message>
        <message>
            <source>Flatten a picture or project into a picture file</source>
            <translation>把图片或项目拼合成图片文件</translation>
        </message>
        <message>
            <source>Give a picture another size; pixel art keeps its lines</source>
            <translation>改变图片大小；像素画的线条得以保留</translation>
        </message>
        <message>
            <source>Apply a filter; 16 bits, colour profile and alpha are kept</source>
            <translation>应用滤镜；保留 16 位、配置文件和透明</translation>
        </message>
        <message>
            <source>Apply a recipe of filters to a folder of pictures; goes on where it was stopped</source>
            <translation>对整个文件夹的图片应用滤镜配方；中断后可继续</translation>
        </message>
        <message>
            <source>Repair what a mask marks: fill it from the rest of the picture</source>
            <translation>修复蒙版标出的部分：用图像其余部分填充</translation>
        </message>
        <message>
            <source>Make a picture anew: scale by content, quilt a texture, make it repeat, cut it out</source>
            <translation>重制图片：内容识别缩放、拼合纹理、制作无缝图、抠图</translation>
        </message>
        <message>
            <source>Make one picture of several: blend, clone, stack, merge exposures</source>
            <translation>把多张图片合成一张：融合、克隆、堆栈、合并曝光</translation>
        </message>
        <message>
            <source>Stitch overlapping photographs to a panorama, the last file named</source>
            <translation>把有重叠的照片拼成全景图，写入最后一个文件</translation>
        </message>
        <message>
            <source>Put a picture together from the pictures of a folder</source>
            <translation>用文件夹中的图片拼成一张图片</translation>
        </message>
        <message>
            <source>Lay the pictures of a folder out on one sheet</source>
            <translation>把文件夹中的图片排在一张版面上</translation>
        </message>
        <message>
            <source>Make a picture from a rule: noise, a pattern or a landscape</source>
            <translation>按规则制作图片：噪声、图案或山水</translation>
        </message>
        <message>
            <source>Write a picture in very few bytes; says what JPEG and WebP make of as many</source>
            <translation>用极少的字节保存图片，并说明 JPEG 和 WebP 用同样字节能做到多好</translation>
        </message>
        <message>
            <source>A compressed picture as PNG</source>
            <translation>把压缩后的图片还原为 PNG</translation>
        </message>
        <message>
            <source>Let a model's pictures pass into each other, as a film or numbered files</source>
            <translation>让模型的图片相互过渡，写成动画或编号文件</translation>
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
            <source>Say what a training would take on this computer, and which recipe fits</source>
            <translation>说明训练在本机上需要什么，以及哪个配方合适</translation>
        </message>
        <message>
            <source>Measure what a model makes, or a folder of pictures, beside real pictures</source>
            <translation>对照真实图片，衡量模型或文件夹中的图片</translation>
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
            <source>Find what changes a model's pictures most, as sliders for “generate”</source>
            <translation>找出最能改变模型图片的方向，供 “generate” 作滑块</translation>
        </message>
        <message>
            <source>Teach a slider by pictures that are as wanted and others that are not</source>
            <translation>用想要的和不想要的图片教出一个滑块</translation>
        </message>
        <message>
            <source>Show nine pictures, take marks of what pleases, and show nine that follow</source>
            <translation>展示九张图片，接受喜欢与否的标记，再展示据此得出的九张</translation>
        </message>
        <message>
            <source>Find the picture that a model makes nearest to one of yours</source>
            <translation>找出模型能生成的、最接近你的图片的一张</translation>
        </message>
        <message>
            <source>Take a picture apart into the latents of a model with an encoder</source>
            <translation>用带编码器的模型把图片分解为潜变量</translation>
        </message>
        <message>
            <source>Draw the picture of a latent file</source>
            <translation>画出潜变量文件中的图片</translation>
        </message>
        <message>
            <source>Show a model's card</source>
            <translation>查看模型的卡片</translation>
        </message>
        <message>
            <source>Measure what a model makes beside the pictures it learnt from</source>
            <translation>将模型的生成图片与其训练图片比较评估</translation>
        </message>
        <message>
            <source>Write a model as one file to give away: weights, sliders, recipe, licence, preview</source>
            <translation>把模型写成一个可以送人的文件：权重、滑块、配方、许可、预览</translation>
        </message>
        <message>
            <source>Check a model file and copy it into your models folder</source>
            <translation>检查模型文件并复制到你的模型文件夹</translation>
        </message>
        <message>
            <source>Say what is wrong with a folder of pictures to train on; it is only read</source>
            <translation>检查用于训练的图片文件夹有什么问题；只读取，不修改</translation>
        </message>
        <message>
            <source>Make pictures by a rule, with classes, captions and factors</source>
            <translation>按规则制作图片，附类别、说明和因素</translation>
        </message>
        <message>
            <source>Make a labelled set of a model's pictures: classes, sliders, captions</source>
            <translation>用模型的图片生成带标注的数据集：类别、滑块与说明文字</translation>
        </message>
        <message>
            <source>Make a labelled set of filtered pictures: the parameters are drawn and noted</source>
            <translation>用滤镜处理后的图片生成带标注的数据集：参数随机抽取并记录</translation>
        </message>
        <message>
            <source>Make a labelled set of layered pictures: each layer is a mask with its name</source>
            <translation>用含图层的图片制作带标注的数据集：每个图层成为一个带名称的蒙版</translation>
        </message>
        <message>
            <source>Give a picture four or sixteen times the pixels a side</source>
            <translation>把图片的边长放大到 4 倍或 16 倍，并添加细节</translation>
        </message>
        <message>
            <source>Learn the edges and the grain of the pictures of a folder</source>
            <translation>学习文件夹中图片的边缘和颗粒</translation>
        </message>
        <message>
            <source>Teach a small convolutional network the sub-folders of a folder</source>
            <translation>教一个小型卷积网络识别文件夹中的各个子文件夹</translation>
        </message>
        <message>
            <source>Say which class a picture shows, and what each layer sees</source>
            <translation>说出图片属于哪一类，以及网络各级看到什么</translation>
        </message>
        <message>
            <source>Learn to tell classes of pictures, and look into the network</source>
            <translation>学习区分图片的类别，并查看网络内部</translation>
        </message>
        <message>
            <source>Real pixels: add detail to pictures, and learn it</source>
            <translation>真实像素：为图片添加细节，并学习细节</translation>
        </message>
        <message>
            <source>List, show, export and import models</source>
            <translation>列出、显示、导出和导入模型</translation>
        </message>
        <message>
            <source>Check and make training data</source>
            <translation>检查和制作训练数据</translation>
        </message>
        <message>
            <source>Language of texts: en or zh_CN</source>
            <translation>文字的语言：en 或 zh_CN</translation>
        </message>
        <message>
            <source>Put two measurements side by side; what rests on other ground is refused (exit code 1)</source>
            <translation>把两次测量并排；基础不同的拒绝比较（退出码 1）</translation>
        </message>
        <message>
            <source>Show the version</source>
            <translation>显示版本</translation>
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
            <source>How far from the average picture, 0 to 1.5</source>
            <translation>离平均图片多远，0 到 1.5</translation>
        </message>
        <message>
            <source>Added detail: 1 for four times the pixels a side that the model draws, 2 for sixteen times</source>
            <translation>添加细节：1 为模型所画边长的 4 倍，2 为 16 倍</translation>
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
            <source>The folder of pictures to learn from</source>
            <translation>要学习的图片所在文件夹</translation>
        </message>
        <message>
            <source>The folder of this run; checkpoints go to its folder “checkpoints”</source>
            <translation>本次训练的文件夹；存档点放在其中的“checkpoints”里</translation>
        </message>
        <message>
            <source>The picture</source>
            <translation>图片</translation>
        </message>
        <message>
            <source>The model whose detail is added; without it what comes with Danqing</source>
            <translation>使用哪个模型的细节；不指定则用丹青自带的</translation>
        </message>
        <message>
            <source>A detail network's own file instead, .danqing-detail</source>
            <translation>改用单独的细节网络文件（.danqing-detail）</translation>
        </message>
        <message>
            <source>1 for four times the pixels a side, 2 for sixteen times</source>
            <translation>1 为边长的 4 倍，2 为 16 倍</translation>
        </message>
        <message>
            <source>Seed of its grain</source>
            <translation>颗粒的随机种子</translation>
        </message>
        <message>
            <source>The folder of pictures to learn from, at their full size</source>
            <translation>要学习的图片文件夹，图片为原尺寸</translation>
        </message>
        <message>
            <source>The model that it is learnt for; it then lies beside it</source>
            <translation>为哪个模型学习；结果放在该模型旁边</translation>
        </message>
        <message>
            <source>The folder that receives it, and what it has learnt so far</source>
            <translation>存放结果和学习进度的文件夹</translation>
        </message>
        <message>
            <source>How many steps to take; without it as many as the recipe says</source>
            <translation>训练多少步；不给时按配方</translation>
        </message>
        <message>
            <source>Go on where it was stopped</source>
            <translation>从停止处继续</translation>
        </message>
        <message>
            <source>A recipe for detail networks: its name or a TOML file</source>
            <translation>细节网络的配方：名称或 TOML 文件</translation>
        </message>
        <message>
            <source>{real} of {shown} pixels a side are the picture's own; the rest is added detail</source>
            <translation>边长 {shown} 像素中有 {real} 像素来自原图，其余为添加的细节</translation>
        </message>
        <message>
            <source>pieces learnt from: {pictures}; {gain} dB beside bicubic, {sharpness} times as sharp as real ones it never saw</source>
            <translation>学习了 {pictures} 块图片：对未见过的图片，比双三次插值 {gain} dB，锐度为真实图片的 {sharpness} 倍</translation>
        </message>
        <message>
            <source>pieces learnt from: {pictures}; there were no pictures left to test it on</source>
            <translation>学习了 {pictures} 块图片；没有剩余图片可供检验</translation>
        </message>
        <message>
            <source>Steps between two checkpoints</source>
            <translation>两个存档点之间的步数</translation>
        </message>
        <message>
            <source>Minutes between two checkpoints at most; 0 for by steps alone</source>
            <translation>两个存档点之间至多的分钟数；0 表示只按步数</translation>
        </message>
        <message>
            <source>Wait while this computer runs on its battery</source>
            <translation>本机使用电池时等待</translation>
        </message>
        <message>
            <source>--mains-only is for one process; leave it or --nproc out</source>
            <translation>--mains-only 只用于单个进程；请去掉它或 --nproc</translation>
        </message>
        <message>
            <source>Make the finished model though the recipe's last step is not reached; with --resume at once from the newest checkpoint</source>
            <translation>即使未到配方的最后一步，也制作完成的模型；与 --resume 同用时，立即从最新的存档点开始</translation>
        </message>
        <message>
            <source>Then also learn the detail of the pictures at their full size, for four times the pixels a side</source>
            <translation>之后再从原尺寸图片学习细节，用于把边长放大到 4 倍</translation>
        </message>
        <message>
            <source>Go on from the newest checkpoint, or from the model that is shipped</source>
            <translation>从最新的存档点继续，没有时从内置模型继续</translation>
        </message>
        <message>
            <source>How a picture becomes square: its middle, its detail, windows along the long side, or paper around it</source>
            <translation>图片如何变成方形：取中间、取细节处、沿长边取多个窗口，或四周补纸色</translation>
        </message>
        <message>
            <source>Trim borders, in the packed copy</source>
            <translation>裁去边框（只改打包副本）</translation>
        </message>
        <message>
            <source>Straighten sheets that lie askew, in the packed copy</source>
            <translation>摆正歪斜的纸张（只改打包副本）</translation>
        </message>
        <message>
            <source>Make tinted or uneven paper white, in the packed copy</source>
            <translation>把偏色或不匀的纸变为白色（只改打包副本）</translation>
        </message>
        <message>
            <source>Learn ink in one grey channel instead of in colour</source>
            <translation>以单个灰度通道学习水墨，而非彩色</translation>
        </message>
        <message>
            <source>Whether pictures may be mirrored; not where they bear writing or seals</source>
            <translation>图片是否可以镜像；带有文字或印章时不可</translation>
        </message>
        <message>
            <source>What can be asked for by name afterwards: what the recipe says, a class for each sub-folder, or palettes, groups of pictures of like colours</source>
            <translation>之后可按名称要求什么：按配方所定、每个子文件夹一个类别，或配色（颜色相近的图片归为一组）</translation>
        </message>
        <message>
            <source>How many palettes, with --classes palettes</source>
            <translation>配色的组数，与 --classes palettes 一起使用</translation>
        </message>
        <message>
            <source>Part of each class that is not trained on, 0 to 0.5</source>
            <translation>每个类别中不参与训练的比例，0 到 0.5</translation>
        </message>
        <message>
            <source>A model file or checkpoint of the same recipe, to learn on from</source>
            <translation>同一配方的模型文件或检查点，从它继续学习</translation>
        </message>
        <message>
            <source>Both learning rates times this</source>
            <translation>两个学习率乘以此数</translation>
        </message>
        <message>
            <source>The discriminator's learning rate times this</source>
            <translation>判别器的学习率乘以此数</translation>
        </message>
        <message>
            <source>The gradient penalties times this; more holds the discriminator back</source>
            <translation>梯度惩罚乘以此数；越大，判别器越受约束</translation>
        </message>
        <message>
            <source>What the codes of an autoencoder cost, times this</source>
            <translation>自编码器编码的代价，乘以此值</translation>
        </message>
        <message>
            <source>The least share of pictures that each augmentation touches</source>
            <translation>每种增强至少作用于多大比例的图片</translation>
        </message>
        <message>
            <source>Work on a batch in so many parts, which takes less memory and more time</source>
            <translation>把一批分成几份依次计算，占用内存更少，用时更长</translation>
        </message>
        <message>
            <source>Processes of this computer that share each batch, one for each card or a few cores</source>
            <translation>本机上分担每一批的进程数，每块显卡或几个核心一个</translation>
        </message>
        <message>
            <source>Seconds that there are, as 600, 10m, 1h or 2d; the recipe that fits is proposed</source>
            <translation>可用的时间，如 600（秒）、10m、1h 或 2d；据此建议合适的配方</translation>
        </message>
        <message>
            <source>“{text}” is no time; give 600, 10m, 1h or 2d</source>
            <translation>“{text}”不是时间；请用 600、10m、1h 或 2d</translation>
        </message>
        <message>
            <source>{recipe}, {side} px, steps: {steps}, pictures in each: {batch}; {time}; {memory} memory, {disk} on the disk for checkpoints</source>
            <translation>{recipe}，{side} 像素，{steps} 步，每步 {batch} 张图片：{time}；内存 {memory}，检查点占用磁盘 {disk}</translation>
        </message>
        <message>
            <source>unknown</source>
            <translation>未知</translation>
        </message>
        <message>
            <source>The picture to look for; its middle square counts</source>
            <translation>要寻找的图片；取其中间的正方形</translation>
        </message>
        <message>
            <source>Where what was found goes, a PNG file; without it beside the picture</source>
            <translation>结果写入的 PNG 文件；不给则写在图片旁边</translation>
        </message>
        <message>
            <source>Steps of the search; more come nearer</source>
            <translation>寻找的步数；越多越接近</translation>
        </message>
        <message>
            <source>A folder for pictures on the way; it is made at need</source>
            <translation>存放过程图片的文件夹；需要时创建</translation>
        </message>
        <message>
            <source>The first of the seeds among which the search begins</source>
            <translation>作为起点候选的第一个种子</translation>
        </message>
        <message>
            <source>One of the model's classes; without it any</source>
            <translation>模型的一个类别；不填则任意</translation>
        </message>
        <message>
            <source>difference {value}; at the nearest seed, {seed}, it was {first}</source>
            <translation>差异 {value}；在最接近的种子 {seed} 处为 {first}</translation>
        </message>
        <message>
            <source>A slider of the model, name=value in standard deviations, or a direction file=value; as often as needed</source>
            <translation>模型的滑块，名称=标准差数值，或方向文件=数值；可重复给出</translation>
        </message>
        <message>
            <source>Another of the model's classes, to mix with</source>
            <translation>要混合的另一个类别</translation>
        </message>
        <message>
            <source>How far on the way to the other class, 0 to 1</source>
            <translation>向另一个类别靠近的程度，0 到 1</translation>
        </message>
        <message>
            <source>One picture made of several instead: a seed and its share, such as --mix 3=0.5 --mix 8=0.5, or of a class 3:ink=0.5; the shares add up to 1 and may be negative</source>
            <translation>改为由多张图片混合成一张：种子及其份额，如 --mix 3=0.5 --mix 8=0.5，或指定类别 3:ink=0.5；份额之和为 1，可为负数</translation>
        </message>
        <message>
            <source>Layers of another seed in the one picture: coarse (composition), middle (shapes) or fine (colour and detail), such as --take fine=8; as often as needed</source>
            <translation>把另一种子的部分取入这张图片：coarse（构图）、middle（形状）或 fine（颜色与细节），如 --take fine=8；可多次使用</translation>
        </message>
        <message>
            <source>The variety of some layers, such as coarse=0.4; coarse, middle or fine; as often as needed</source>
            <translation>某一级的多样性，如 coarse=0.4；coarse、middle 或 fine；可多次使用</translation>
        </message>
        <message>
            <source>“{text}” names no layers; known are: {known}</source>
            <translation>“{text}”不是可用的级别；可用：{known}</translation>
        </message>
        <message>
            <source>“{text}” is no seed and its share, such as 3=0.5 or 3:ink=0.5</source>
            <translation>“{text}”不是种子及其份额，例如 3=0.5 或 3:ink=0.5</translation>
        </message>
        <message>
            <source>the model has no class “{name}”; it has: {known}</source>
            <translation>该模型没有类别“{name}”；它有：{known}</translation>
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
            <source>The file to write; it gets the ending .danqing-model</source>
            <translation>要写入的文件；会加上扩展名 .danqing-model</translation>
        </message>
        <message>
            <source>The licence that stands in the file, instead of the model's own</source>
            <translation>写入文件的许可，代替模型自己的许可</translation>
        </message>
        <message>
            <source>“{name}” is in {path}</source>
            <translation>“{name}”已存入 {path}</translation>
        </message>
        <message>
            <source>The film to write: .webp, .apng, .gif, .mp4, .webm, or .png for numbered files</source>
            <translation>要写入的动画：.webp、.apng、.gif、.mp4、.webm，或 .png（编号文件）</translation>
        </message>
        <message>
            <source>shanshui (landscapes), digits, shapes, textures, leaves (discs that fall on each other), scenes (surfaces in light, as photographs have), or what “make” makes</source>
            <translation>shanshui（山水）、digits（数字）、shapes（图形）、textures（纹理）、leaves（叠落的圆叶）、scenes（光照下的表面，近似照片），或“make”能制作的任一种</translation>
        </message>
        <message>
            <source>A parameter that each picture draws anew within its range; as often as needed</source>
            <translation>每张图片在其范围内重新抽取的参数，可多次给出</translation>
        </message>
        <message>
            <source>Pictures with layers: projects or OpenRaster files</source>
            <translation>含图层的图片：工程或 OpenRaster 文件</translation>
        </message>
        <message>
            <source>there is no rule “{name}”; there are: {known}</source>
            <translation>没有规则“{name}”；可用的有：{known}</translation>
        </message>
        <message>
            <source>A slider that each picture draws anew within its range; as often as needed, without it all of them</source>
            <translation>每张图片在其范围内重新抽取的滑块；可多次给出，不给则为全部</translation>
        </message>
        <message>
            <source>A recipe of filters, a JSON list as the studio saves them</source>
            <translation>滤镜配方：由本软件保存的 JSON 列表</translation>
        </message>
        <message>
            <source>A parameter that each picture draws anew within its declared range, such as radius, or 2.radius of the second filter; as often as needed, without it all</source>
            <translation>每张图片在其声明的范围内重新抽取的参数，例如 radius，或第二个滤镜的 2.radius；可多次给出，不给则为全部</translation>
        </message>
        <message>
            <source>How many pictures are made of each</source>
            <translation>每张图片生成多少张</translation>
        </message>
        <message>
            <source>“{name}” cannot be varied; these can: {known}</source>
            <translation>“{name}”不能变化；可以变化的有：{known}</translation>
        </message>
        <message>
            <source>there are no pictures in “{folder}”</source>
            <translation>“{folder}”中没有图片</translation>
        </message>
        <message>
            <source>Pictures in “{folder}”: {count}; files that could not be read: {left}.</source>
            <translation>“{folder}”中的图片：{count}；无法读取的文件：{left}。</translation>
        </message>
        <message>
            <source>“{folder}” is the folder of the pictures itself; choose another one for the set</source>
            <translation>“{folder}”就是图片所在的文件夹；请为数据集另选一个</translation>
        </message>
        <message>
            <source>“{name}” draws all by itself; -p and --vary are for what “make” makes</source>
            <translation>“{name}”的一切由规则自行抽取；-p 和 --vary 用于“make”能制作的图片</translation>
        </message>
        <message>
            <source>“{file}” has no layer that covers anything</source>
            <translation>“{file}”没有任何覆盖画面的图层</translation>
        </message>
        <message>
            <source>PICTURE and DIR are needed</source>
            <translation>需要 PICTURE 和 DIR</translation>
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
            <source>stopped while the finished model was made; “--resume” goes on with that</source>
            <translation>制作完成的模型时被停止；用“--resume”继续</translation>
        </message>
        <message>
            <source>The finished model, with its sliders and its enlargement, is {path}</source>
            <translation>完成的模型（带滑块和放大网络）在 {path}</translation>
        </message>
        <message>
            <source>“{name}” is in your models folder: {path}</source>
            <translation>“{name}”已在你的模型文件夹中：{path}</translation>
        </message>
        <message>
            <source>A seed on the way, two or more, in this order; as often as needed</source>
            <translation>途经的种子，两个或更多，按此顺序；可多次给出</translation>
        </message>
        <message>
            <source>Frames from each seed to the next</source>
            <translation>从每个种子到下一个种子的帧数</translation>
        </message>
        <message>
            <source>Whether the film leads back to its first seed</source>
            <translation>动画是否回到第一个种子</translation>
        </message>
        <message>
            <source>a film needs two seeds or more, such as --seed 1 --seed 8</source>
            <translation>动画需要两个或更多种子，例如 --seed 1 --seed 8</translation>
        </message>
        <message>
            <source>How many directions at most</source>
            <translation>最多多少个方向</translation>
        </message>
        <message>
            <source>changes a picture by {value} of 255 at an amount of 2</source>
            <translation>数值为 2 时使图片改变 {value}（共 255 级）</translation>
        </message>
        <message>
            <source>it also changes {others}</source>
            <translation>也会改变 {others}</translation>
        </message>
        <message>
            <source>no direction changes its pictures visibly</source>
            <translation>没有方向会明显改变它的图片</translation>
        </message>
        <message>
            <source>there is no training recipe “{name}”; there are: {known}, or give a TOML file</source>
            <translation>没有训练配方“{name}”；可用的有：{known}，也可给出 TOML 文件</translation>
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
            <source>Only the layer of this name; one that holds values keeps its numbers, without profile or conversion</source>
            <translation>只导出此名称的图层；保存数值的图层保持数字不变，不带配置文件，也不转换</translation>
        </message>
        <message>
            <source>The picture to write: .png, .jpg, .tif or .webp; with its layers: .ora or .danqing</source>
            <translation>要写入的图片：.png、.jpg、.tif 或 .webp；连同图层：.ora 或 .danqing</translation>
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
            <source>A picture that is taken from: colours (colour-transfer), tones (histogram-match), a map (displace), depths (lens-blur)</source>
            <translation>要取值的图片：颜色（colour-transfer）、影调（histogram-match）、置换图（displace）、深度（lens-blur）</translation>
        </message>
        <message>
            <source>So many frames of a loop without a seam: .webp, .apng, .gif, .mp4, .webm, or .png for numbered files</source>
            <translation>生成无接缝循环的帧数：.webp、.apng、.gif、.mp4、.webm，或用 .png 写出编号文件</translation>
        </message>
        <message>
            <source>Frames a second</source>
            <translation>每秒帧数</translation>
        </message>
        <message>
            <source>Width and height in pixels, such as 1024x768</source>
            <translation>宽和高，以像素为单位，例如 1024x768</translation>
        </message>
        <message>
            <source>The new size: width and height in pixels, such as 1024x768, or a percentage, such as 200%</source>
            <translation>新的大小：以像素为单位的宽和高，例如 1024x768，或百分比，例如 200%</translation>
        </message>
        <message>
            <source>How pixels are resampled: nearest, area, linear, mitchell, lanczos; for pixel art epx, scale3x, xbr</source>
            <translation>像素如何重新采样：nearest、area、linear、mitchell、lanczos；像素画用 epx、scale3x、xbr</translation>
        </message>
        <message>
            <source>there is no kernel “{name}”; there are: {known}</source>
            <translation>没有名为“{name}”的采样方式；可用的有：{known}</translation>
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
            <source>Colours to convert to: keep, srgb, display-p3, adobe-rgb, linear-srgb, none, or an ICC file</source>
            <translation>转换到的颜色：keep、srgb、display-p3、adobe-rgb、linear-srgb、none，或 ICC 文件</translation>
        </message>
        <message>
            <source>How colours go into a profile that is a table: relative, perceptual, saturation, absolute</source>
            <translation>颜色如何转换到表格型配置文件：relative、perceptual、saturation、absolute</translation>
        </message>
        <message>
            <source>The darkest colour becomes the darkest that such a profile has</source>
            <translation>最暗的颜色对应此类配置文件的最暗颜色</translation>
        </message>
        <message>
            <source>there is no profile “{name}”; there are: {known}, or an ICC file</source>
            <translation>没有配置文件“{name}”；可用的有：{known}，或 ICC 文件</translation>
        </message>
        <message>
            <source>{ending} keeps the picture's colour space; --profile is for .png, .jpg, .tif and .webp</source>
            <translation>{ending} 保留图片的色彩空间；--profile 用于 .png、.jpg、.tif 和 .webp</translation>
        </message>
        <message>
            <source>there is no intent “{name}”; there are: {known}</source>
            <translation>没有渲染意图“{name}”；可用的有：{known}</translation>
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
            <source>NAME and OUT are needed, or --list</source>
            <translation>需要 NAME 和 OUT，或 --list</translation>
        </message>
        <message>
            <source>What to measure; without a name everything but “large”, which takes minutes</source>
            <translation>要测量的项目；不写名称则测量全部，但不含需要几分钟的 “large”</translation>
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
        <message>
            <source>The folder of pictures; those in folders inside it too</source>
            <translation>图片所在的文件夹，包括其中的子文件夹</translation>
        </message>
        <message>
            <source>The folder to write to, and to keep the report in</source>
            <translation>写入结果和报告的文件夹</translation>
        </message>
        <message>
            <source>A recipe: a JSON list of filters, as the studio saves them; also with resize, fuse, heal, rework and export</source>
            <translation>配方：JSON 格式的滤镜列表，与工作室保存的相同；也可含 resize、fuse、heal、rework 和 export</translation>
        </message>
        <message>
            <source>Format of the outputs: png, jpg, tif or webp; else the recipe's, or that of each picture</source>
            <translation>输出格式：png、jpg、tif 或 webp；省略时用配方中的格式，或与每张图片相同</translation>
        </message>
        <message>
            <source>there is no format “{name}”; there are: {known}</source>
            <translation>没有“{name}”这种格式；可用的有：{known}</translation>
        </message>
        <message>
            <source>IN_DIR and OUT_DIR are the same folder; the pictures would be lost</source>
            <translation>IN_DIR 与 OUT_DIR 是同一个文件夹，原图会丢失</translation>
        </message>
        <message>
            <source>{done} done, {kept} there already, {failed} failed; report: {report}</source>
            <translation>完成 {done} 张，已有 {kept} 张，失败 {failed} 张；报告：{report}</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>图片</translation>
        </message>
        <message>
            <source>How: one of those that --list shows</source>
            <translation>方法：--list 所列之一</translation>
        </message>
        <message>
            <source>The pictures, the lowest first, and the picture to write</source>
            <translation>各图片，最下方的在前，最后是要写入的图片</translation>
        </message>
        <message>
            <source>A picture whose lightness says where the upper pictures count</source>
            <translation>以亮度表示上方图片在何处起作用的图片</translation>
        </message>
        <message>
            <source>there is no method “{name}”; there are: {known}</source>
            <translation>没有“{name}”这种方法；可用的有：{known}</translation>
        </message>
        <message>
            <source>For patch-detail: a folder whose most similar pictures lend the detail, in place of further IN</source>
            <translation>用于 patch-detail：从此文件夹中最相似的图片取细节，代替其余的 IN</translation>
        </message>
        <message>
            <source>--from works with patch-detail alone, which takes one IN and OUT then: danqing fuse patch-detail IN OUT --from FOLDER</source>
            <translation>--from 只能与 patch-detail 合用，此时只需一个 IN 和 OUT：danqing fuse patch-detail IN OUT --from FOLDER</translation>
        </message>
        <message>
            <source>--mask does nothing with “{name}”; it works with: {known}</source>
            <translation>--mask 对“{name}”不起作用；可用于：{known}</translation>
        </message>
        <message>
            <source>METHOD, two or more IN and OUT are needed, or --list</source>
            <translation>需要 METHOD、两个或更多 IN 以及 OUT，或者 --list</translation>
        </message>
        <message>
            <source>A picture of the same size: what is white in it is repaired</source>
            <translation>相同尺寸的图像：其中白色部分会被修复</translation>
        </message>
        <message>
            <source>A picture of the same size: only what is white in it is taken from</source>
            <translation>相同尺寸的图像：只从其中白色部分取样</translation>
        </message>
        <message>
            <source>How: patchmatch, telea, ns or patch</source>
            <translation>方法：patchmatch、telea、ns 或 patch</translation>
        </message>
        <message>
            <source>IN, MASK and OUT are needed, or --list</source>
            <translation>需要 IN、MASK 和 OUT，或使用 --list</translation>
        </message>
        <message>
            <source>Two to forty pictures, and last the panorama to write: .png, .jpg, .tif or .webp; with its layers: .ora or .danqing</source>
            <translation>两张到四十张图片，最后是要写入的全景图：.png、.jpg、.tif 或 .webp；保留图层：.ora 或 .danqing</translation>
        </message>
        <message>
            <source>at least two pictures and OUT are needed, or --list</source>
            <translation>需要至少两张图片和 OUT，或使用 --list</translation>
        </message>
        <message>
            <source>left out, because they overlap with no other picture: {names}</source>
            <translation>与其他图片没有重叠，未使用：{names}</translation>
        </message>
        <message>
            <source>The picture that is put together</source>
            <translation>要拼成的图片</translation>
        </message>
        <message>
            <source>PICTURE, FOLDER and OUT are needed, or --list</source>
            <translation>需要 PICTURE、FOLDER 和 OUT，或 --list</translation>
        </message>
        <message>
            <source>FOLDER and OUT are needed, or --list</source>
            <translation>需要 FOLDER 和 OUT，或 --list</translation>
        </message>
        <message>
            <source>files left out because they could not be opened: {count}</source>
            <translation>{count} 个文件无法打开，已略去</translation>
        </message>
        <message>
            <source>How: scale, quilt, seamless or cut-out</source>
            <translation>方式：scale、quilt、seamless 或 cut-out</translation>
        </message>
        <message>
            <source>A picture of the same size: what is white in it stays as it is, or is the foreground</source>
            <translation>同样大小的图片：其中白色部分保持不变，或作为前景</translation>
        </message>
        <message>
            <source>A picture of the same size: what is white in it goes first</source>
            <translation>同样大小的图片：其中白色部分最先去除</translation>
        </message>
        <message>
            <source>there is no way “{name}”; there are: {known}</source>
            <translation>没有“{name}”这种方式；可用的有：{known}</translation>
        </message>
        <message>
            <source>WAY, IN and OUT are needed, or --list</source>
            <translation>需要 WAY、IN 和 OUT，或 --list</translation>
        </message>
        <message>
            <source>{name} takes no mask with {option}</source>
            <translation>{name} 不接受 {option} 蒙版</translation>
        </message>
        <message>
            <source>A folder of pictures, flat or with a folder for each class; it is only read</source>
            <translation>图片文件夹，可直接放图片，也可每类一个子文件夹；只读取，不修改</translation>
        </message>
        <message>
            <source>A folder with a sub-folder of pictures for each class</source>
            <translation>每个类别一个子文件夹的图片文件夹</translation>
        </message>
        <message>
            <source>The classifier, a safetensors file</source>
            <translation>分类器，safetensors 文件</translation>
        </message>
        <message>
            <source>A folder of pictures that are never trained on</source>
            <translation>只用于测试、从不参与训练的图片文件夹</translation>
        </message>
        <message>
            <source>How many steps to take</source>
            <translation>训练多少步</translation>
        </message>
        <message>
            <source>Side in pixels at which pictures are seen, a multiple of 8</source>
            <translation>看图片时的边长（像素），8 的倍数</translation>
        </message>
        <message>
            <source>Whether pictures may be mirrored; not where they bear writing</source>
            <translation>图片可否镜像；有文字时不可</translation>
        </message>
        <message>
            <source>The random numbers' seed</source>
            <translation>随机数的种子</translation>
        </message>
        <message>
            <source>Pictures to look at</source>
            <translation>要查看的图片</translation>
        </message>
        <message>
            <source>A folder for what each layer makes of a picture, as PNG files</source>
            <translation>存放网络各级特征图（PNG）的文件夹</translation>
        </message>
        <message>
            <source>told right, of pictures that it never saw: {right} of {count}</source>
            <translation>{count} 张从未见过的图片中，{right} 判断正确</translation>
        </message>
        <message>
            <source>there were no pictures left to test it on</source>
            <translation>没有剩下可供测试的图片</translation>
        </message>
        <message>
            <source>left out: {file}</source>
            <translation>已排除：{file}</translation>
        </message>
        <message>
            <source>{name}: {right} of {count}; taken for others: {others}</source>
            <translation>{name}：{count} 张中 {right} 张正确；误认为其他类：{others}</translation>
        </message>
        <message>
            <source>Side of the training pictures in pixels; smaller ones are told</source>
            <translation>训练图片的边长（像素），更小的图片会被指出</translation>
        </message>
        <message>
            <source>Write the whole report as JSON</source>
            <translation>以 JSON 输出完整报告</translation>
        </message>
        <message>
            <source>Name every file, not only the first of each finding</source>
            <translation>列出每个文件，而不只是每项的前几个</translation>
        </message>
        <message>
            <source>files: {count}, pictures among them: {good}; for training: {stay}, left out: {left}</source>
            <translation>{count} 个文件中有 {good} 张图片，排除 {left} 个，留下 {stay} 张用于训练</translation>
        </message>
        <message>
            <source>classes: {classes}</source>
            <translation>类别：{classes}</translation>
        </message>
        <message>
            <source>held out: {count}</source>
            <translation>留作测试：{count}</translation>
        </message>
        <message>
            <source>nothing is wrong with them</source>
            <translation>没有发现问题</translation>
        </message>
        <message>
            <source>… and {count} more (--all names them)</source>
            <translation>…… 还有 {count} 个（--all 全部列出）</translation>
        </message>
        <message>
            <source>Shorter side, px</source>
            <translation>短边，px</translation>
        </message>
        <message>
            <source>Width : height</source>
            <translation>宽 : 高</translation>
        </message>
        <message>
            <source>Mean lightness, 0–255</source>
            <translation>平均亮度，0–255</translation>
        </message>
        <message>
            <source>The folder of pictures it learnt from; without it those that its run noted</source>
            <translation>训练图片的文件夹；不指定则使用训练时记录的图片</translation>
        </message>
        <message>
            <source>A folder for the numbers (JSON) and the nearest pictures side by side (PNG)</source>
            <translation>存放数值（JSON）和最接近图片对照（PNG）的文件夹</translation>
        </message>
        <message>
            <source>How many pictures are made and measured</source>
            <translation>生成并评估的图片数</translation>
        </message>
        <message>
            <source>A model's name, a model file, a checkpoint or a training's folder; or a folder of pictures (a folder of that name goes first)</source>
            <translation>模型名称、模型文件、检查点或训练文件夹；也可以是图片文件夹（有同名文件夹时以文件夹为准）</translation>
        </message>
        <message>
            <source>The folder of real pictures to measure beside, eight or more</source>
            <translation>用于对照的真实图片文件夹，至少 8 张</translation>
        </message>
        <message>
            <source>A file for all numbers, each with its unit and what it is (JSON)</source>
            <translation>保存全部数值的文件，每项附单位和定义（JSON）</translation>
        </message>
        <message>
            <source>Side in pixels at which two folders are measured; a model has its own</source>
            <translation>对照两个文件夹时图片的边长（像素）；模型用自己的边长</translation>
        </message>
        <message>
            <source>{count} pictures of “{name}” beside {real}</source>
            <translation>“{name}”的 {count} 张图片，对照 {real} 张</translation>
        </message>
        <message>
            <source>Files that were left out: {count}</source>
            <translation>有 {count} 个文件未使用：</translation>
        </message>
        <message>
            <source>and {count} more; --json FILE names all</source>
            <translation>另有 {count} 个；--json FILE 会列出全部</translation>
        </message>
        <message>
            <source>{count} pictures of {name} (step {step}) beside {real}</source>
            <translation>{name}（第 {step} 步）的 {count} 张图片，与 {real} 张比较</translation>
        </message>
        <message>
            <source>variety: {value} of theirs (0 always the same, 1 as varied)</source>
            <translation>多样性：{value}（0 总是相同，1 同样多样）</translation>
        </message>
        <message>
            <source>Fréchet distance: {value} (two halves of theirs: {halves})</source>
            <translation>Fréchet 距离：{value}（训练图片两半之间：{halves}）</translation>
        </message>
        <message>
            <source>like theirs: {precision} of its pictures; covered: {recall} of theirs</source>
            <translation>相像：生成图片的 {precision}；覆盖：训练图片的 {recall}</translation>
        </message>
        <message>
            <source>kernel distance: {value} (around 0 for pictures alike)</source>
            <translation>核距离：{value}（图片相近时约为 0）</translation>
        </message>
        <message>
            <source>density: {density} (1 for pictures alike); theirs with one of its near: {coverage}</source>
            <translation>密度：{density}（图片相近时为 1）；附近有其图片的原图：{coverage}</translation>
        </message>
        <message>
            <source>sharpness: {value} of theirs (1 as sharp)</source>
            <translation>锐度：是它们的 {value} 倍（1 为同样锐利）</translation>
        </message>
        <message>
            <source>by a second network: kernel distance {kernel}; like theirs {precision}; covered {recall}; density {density}; near one {coverage}</source>
            <translation>第二个网络：核距离 {kernel}；相像 {precision}；覆盖 {recall}；密度 {density}；附近有其图片 {coverage}</translation>
        </message>
        <message>
            <source>measured by {features}, weights {weights}, at {side} px ({resize})</source>
            <translation>测量所用：{features}，权重 {weights}，{side} px（{resize}）</translation>
        </message>
        <message>
            <source>in brackets: 95 of 100 such measurements lie between (bootstrap)</source>
            <translation>方括号内：100 次同样的测量中有 95 次落在其间（自助法）</translation>
        </message>
        <message>
            <source>near copies: {value} (of pictures it never saw: {held})</source>
            <translation>近似副本：{value}（未学过的图片：{held}）</translation>
        </message>
        <message>
            <source>near copies: {value} (theirs are so to each other: 5 %)</source>
            <translation>近似副本：{value}（训练图片彼此之间：5 %）</translation>
        </message>
        <message>
            <source>A classifier that says whether the class asked for came, made by “danqing classes learn”</source>
            <translation>判断生成的是否为所求类别的分类器，由“danqing classes learn”得到</translation>
        </message>
        <message>
            <source>Also judge what each slider changes, and whether nothing else</source>
            <translation>同时评判每个滑块改变什么、是否只改变它</translation>
        </message>
        <message>
            <source>slider {name}: {most} {change} (follows it: {sure}); next {other} {less}</source>
            <translation>滑块 {name}：{most} {change}（跟随程度 {sure}）；其次 {other} {less}</translation>
        </message>
        <message>
            <source>slider {name}: changes nothing that can be told</source>
            <translation>滑块 {name}：看不出改变了什么</translation>
        </message>
        <message>
            <source>sliders from {low} to {high} on {pictures} pictures, in deviations between these; {judge}</source>
            <translation>滑块从 {low} 到 {high}，共 {pictures} 张图片，单位为图片间的标准差；{judge}</translation>
        </message>
        <message>
            <source>classes by a classifier that is right of {right} of {count} held-out pictures</source>
            <translation>类别由分类器判断，{count} 张留出图片中答对 {right}</translation>
        </message>
        <message>
            <source>classes by the classifier that was given</source>
            <translation>类别由给定的分类器判断</translation>
        </message>
        <message>
            <source>no classes that a classifier tells apart</source>
            <translation>没有分类器能分辨的类别</translation>
        </message>
        <message>
            <source>The Inception weights, pt_inception-2015-12-05-6726825d.pth or safetensors, for FID and IS; never downloaded</source>
            <translation>Inception 权重 pt_inception-2015-12-05-6726825d.pth 或 safetensors，用于 FID 和 IS；从不下载</translation>
        </message>
        <message>
            <source>FID: {fid}; inception score: {score} ({weights})</source>
            <translation>FID：{fid}；Inception 分数：{score}（{weights}）</translation>
        </message>
        <message>
            <source>FID and inception score need the Inception weights: --inception FILE</source>
            <translation>FID 和 Inception 分数需要 Inception 权重：--inception FILE</translation>
        </message>
        <message>
            <source>copy check: copies, also mirrored, cut or recoloured: {copied} of {count}</source>
            <translation>复制检查：{count} 张中有 {copied} 张是复制品（含镜像、裁切或改色）</translation>
        </message>
        <message>
            <source>class {name}: {value} look like it</source>
            <translation>类别 {name}：{value} 与其相像</translation>
        </message>
        <message>
            <source>The picture: PNG, JPEG, WebP, TIFF, BMP or GIF</source>
            <translation>图片：PNG、JPEG、WebP、TIFF、BMP 或 GIF</translation>
        </message>
        <message>
            <source>The compressed picture, a .dqz file</source>
            <translation>压缩后的图片，.dqz 文件</translation>
        </message>
        <message>
            <source>Quality, from 1, the smallest file, to 5</source>
            <translation>质量，从 1（文件最小）到 5</translation>
        </message>
        <message>
            <source>A codec's file; without it the one that comes with Danqing</source>
            <translation>编码器文件；不给则用丹青自带的</translation>
        </message>
        <message>
            <source>Print the figures as JSON</source>
            <translation>以 JSON 打印各项数字</translation>
        </message>
        <message>
            <source>Do not look how like the picture it is</source>
            <translation>不比较与原图的相似程度</translation>
        </message>
        <message>
            <source>The compressed picture</source>
            <translation>压缩后的图片</translation>
        </message>
        <message>
            <source>The picture to write, a PNG file</source>
            <translation>要写出的图片，PNG 文件</translation>
        </message>
        <message>
            <source>{format}: {bytes} bytes, {bits} bits a pixel, PSNR {psnr} dB, SSIM {ssim}</source>
            <translation>{format}：{bytes} 字节，每像素 {bits} 位，PSNR {psnr} dB，SSIM {ssim}</translation>
        </message>
        <message>
            <source>Here {format} is closer to the picture by {psnr} dB; use it for this picture</source>
            <translation>这张图片上 {format} 更接近原图，高 {psnr} dB；请改用它</translation>
        </message>
        <message>
            <source>The figures are of the picture on white; JPEG keeps no transparency</source>
            <translation>数值取自衬白底的图片；JPEG 不保留透明</translation>
        </message>
        <message>
            <source>Of its {bits} bits a channel, 8 are kept</source>
            <translation>每通道 {bits} 位中保留 8 位</translation>
        </message>
        <message>
            <source>{format} cannot be made this small</source>
            <translation>{format} 做不到这么小</translation>
        </message>
        <message>
            <source>A measurement (JSON), as “danqing evaluate … --json FILE” writes it</source>
            <translation>一次测量（JSON），由 “danqing evaluate … --json FILE” 写出</translation>
        </message>
        <message>
            <source>The other one</source>
            <translation>另一次测量</translation>
        </message>
        <message>
            <source>{one} and {other} cannot be compared: {reasons}</source>
            <translation>{one} 与 {other} 不能比较：{reasons}</translation>
        </message>
        <message>
            <source>FID and inception score cannot be compared: {reasons}</source>
            <translation>FID 和 Inception 分数不能比较：{reasons}</translation>
        </message>
        <message>
            <source>the figures of the second network cannot be compared: {reasons}</source>
            <translation>第二个网络的数值不能比较：{reasons}</translation>
        </message>
        <message>
            <source>{one} (step {one_step}) and {other} (step {other_step})</source>
            <translation>{one}（第 {one_step} 步）与 {other}（第 {other_step} 步）</translation>
        </message>
        <message>
            <source>The picture; its middle square counts</source>
            <translation>图片；取其中央的正方形</translation>
        </message>
        <message>
            <source>Where the latent goes; without it beside the picture</source>
            <translation>潜变量文件的位置；不指定则放在图片旁</translation>
        </message>
        <message>
            <source>Where what the model draws of it goes, a PNG file</source>
            <translation>模型重建图片的位置，PNG 文件</translation>
        </message>
        <message>
            <source>One of the model's classes; without it the one that draws it nearest</source>
            <translation>模型的类别之一；不指定则取画得最接近的一类</translation>
        </message>
        <message>
            <source>A latent file</source>
            <translation>潜变量文件</translation>
        </message>
        <message>
            <source>The PNG file that is written</source>
            <translation>要写入的 PNG 文件</translation>
        </message>
        <message>
            <source>The model's file, where it is not among your models</source>
            <translation>模型文件（若不在你的模型中）</translation>
        </message>
        <message>
            <source>Pixels a side</source>
            <translation>每边像素</translation>
        </message>
        <message>
            <source>mean difference {value} of 255</source>
            <translation>平均差异 {value}（共 255 级）</translation>
        </message>
        <message>
            <source>A picture that is as wanted: seeds such as 3 or 20-29, a latent file, or a picture where the model has an encoder; as often as needed</source>
            <translation>想要的图片：种子如 3 或 20-29、潜变量文件，模型有编码器时也可为图片；可重复给出</translation>
        </message>
        <message>
            <source>One that is not as wanted; as often as needed, ten of each are good</source>
            <translation>不想要的图片；可重复给出，各十张为宜</translation>
        </message>
        <message>
            <source>What the slider is called</source>
            <translation>滑块的名称</translation>
        </message>
        <message>
            <source>What it is called in Chinese; the same where nothing is said</source>
            <translation>中文名称；不给则相同</translation>
        </message>
        <message>
            <source>The direction file to write; without it one of the slider's name in this folder</source>
            <translation>要写的方向文件；不给则在此文件夹中以滑块名称命名</translation>
        </message>
        <message>
            <source>One of the model's classes, of which the seeds' pictures are; without it any</source>
            <translation>种子图片所属的模型类别；不给则任意</translation>
        </message>
        <message>
            <source>“{text}”: the first seed comes first, and none is above {highest}</source>
            <translation>“{text}”：前一个种子须不大于后一个，且都不超过 {highest}</translation>
        </message>
        <message>
            <source>The file that keeps the marks (.danqing-taste); it is begun where there is none, else gone on with</source>
            <translation>保存标记的文件（.danqing-taste）；没有则新建，已有则接着用</translation>
        </message>
        <message>
            <source>A picture of the wall that pleases: 1 to 9, row by row; as often as needed</source>
            <translation>这组画面中喜欢的一张：1 到 9，逐行数；可多次给出</translation>
        </message>
        <message>
            <source>One that does not please; as often as needed</source>
            <translation>不喜欢的一张；可多次给出</translation>
        </message>
        <message>
            <source>Go back to the wall before; its marks are forgotten</source>
            <translation>回到上一组，忘掉它的标记</translation>
        </message>
        <message>
            <source>The PNG file of the wall; without it one beside the marks</source>
            <translation>这组画面的 PNG 文件；不给出则放在标记文件旁</translation>
        </message>
        <message>
            <source>Also write what should please most, alone and large, as this PNG file</source>
            <translation>另把预计最合心意的一张单独放大写成此 PNG 文件</translation>
        </message>
        <message>
            <source>One of the model's classes, at the beginning; without it any</source>
            <translation>模型的一个类别，仅在开始时给出；不给出则任意</translation>
        </message>
        <message>
            <source>Side of each of the nine in pixels</source>
            <translation>九张中每张的边长（像素）</translation>
        </message>
        <message>
            <source>“{file}” is not there yet: begin without marks, look at the wall, then mark</source>
            <translation>“{file}”尚不存在：请先不带标记开始，看过画面后再标记</translation>
        </message>
        <message>
            <source>“{file}” has begun already with its seed and class; choose another name to begin anew</source>
            <translation>“{file}”已经以自己的种子和类别开始；要重新开始请换一个名称</translation>
        </message>
        <message>
            <source>picture {numbers} is both liked and not: these marks contradict each other, so none was kept</source>
            <translation>第 {numbers} 张既标为喜欢又标为不喜欢：标记彼此矛盾，因此全部未保存</translation>
        </message>
        <message>
            <source>“{file}” is at its first wall; there is none before it</source>
            <translation>“{file}”停在第一组，之前没有画面</translation>
        </message>
        <message>
            <source>wall {number}: {path}</source>
            <translation>第 {number} 组：{path}</translation>
        </message>
    </context>
    <context>
        <name>data</name>
        <message>
            <source>{count} files cannot be read as pictures; they are left out</source>
            <translation>{count} 个文件无法作为图片读取，已排除</translation>
        </message>
        <message>
            <source>{count} pictures are too large to be opened; they are left out</source>
            <translation>{count} 张图片过大，无法打开，已排除</translation>
        </message>
        <message>
            <source>{count} pictures also stand among the test pictures; they are left out of training</source>
            <translation>{count} 张图片也在测试图片中，训练时已排除</translation>
        </message>
        <message>
            <source>{count} files are copies of another; one of each is used, the rest are left out</source>
            <translation>{count} 个文件是重复的副本，每组只用一张，其余已排除</translation>
        </message>
        <message>
            <source>{count} pictures look almost like another one; the model would see that picture too often</source>
            <translation>{count} 张图片与另一张几乎相同，模型会过多地看到该图片</translation>
        </message>
        <message>
            <source>{count} pictures are empty, of one colour; they are left out</source>
            <translation>{count} 张图片为空白（单一颜色），已排除</translation>
        </message>
        <message>
            <source>{count} pictures are smaller than {side} px; they will be enlarged</source>
            <translation>{count} 张图片小于 {side} px，将被放大</translation>
        </message>
        <message>
            <source>{count} pictures are very long; a square cuts most of them off, windows along the side do not</source>
            <translation>{count} 张图片非常狭长，方形裁剪会切掉大部分，沿长边取景则不会</translation>
        </message>
        <message>
            <source>{count} pictures have a border; it can be trimmed</source>
            <translation>{count} 张图片带有边框，可以裁去</translation>
        </message>
        <message>
            <source>{count} pictures lie askew; they can be straightened</source>
            <translation>{count} 张图片歪斜，可以摆正</translation>
        </message>
        <message>
            <source>{count} pictures show tinted or uneven paper; it can be evened</source>
            <translation>{count} 张图片的纸色偏色或不匀，可以校匀</translation>
        </message>
        <message>
            <source>{count} pictures seem to bear a red seal; mirroring would reverse it</source>
            <translation>{count} 张图片似有红色印章，镜像会使其反转</translation>
        </message>
        <message>
            <source>1 file cannot be read as a picture; it is left out</source>
            <translation>1 个文件无法作为图片读取，已排除</translation>
        </message>
        <message>
            <source>1 picture is too large to be opened; it is left out</source>
            <translation>1 张图片过大，无法打开，已排除</translation>
        </message>
        <message>
            <source>1 picture also stands among the test pictures; it is left out of training</source>
            <translation>1 张图片也在测试图片中，训练时已排除</translation>
        </message>
        <message>
            <source>1 file is a copy of another; it is left out</source>
            <translation>1 个文件是另一文件的副本，已排除</translation>
        </message>
        <message>
            <source>1 picture looks almost like another one; the model would see that picture too often</source>
            <translation>1 张图片与另一张几乎相同，模型会过多地看到该图片</translation>
        </message>
        <message>
            <source>1 picture is empty, of one colour; it is left out</source>
            <translation>1 张图片为空白（单一颜色），已排除</translation>
        </message>
        <message>
            <source>1 picture is smaller than {side} px; it will be enlarged</source>
            <translation>1 张图片小于 {side} px，将被放大</translation>
        </message>
        <message>
            <source>1 picture is very long; a square cuts most of it off, windows along the side do not</source>
            <translation>1 张图片非常狭长，方形裁剪会切掉大部分，沿长边取景则不会</translation>
        </message>
        <message>
            <source>1 picture has a border; it can be trimmed</source>
            <translation>1 张图片带有边框，可以裁去</translation>
        </message>
        <message>
            <source>1 picture lies askew; it can be straightened</source>
            <translation>1 张图片歪斜，可以摆正</translation>
        </message>
        <message>
            <source>1 picture shows tinted or uneven paper; it can be evened</source>
            <translation>1 张图片的纸色偏色或不匀，可以校匀</translation>
        </message>
        <message>
            <source>1 picture seems to bear a red seal; mirroring would reverse it</source>
            <translation>1 张图片似有红色印章，镜像会使其反转</translation>
        </message>
        <message>
            <source>the class “{name}” has one picture only; give it more, or take its folder away</source>
            <translation>类别“{name}”只有一张图片，请补充图片或移走该文件夹</translation>
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
            <source>This group is locked: nothing new can be put into it. Unlock it in the Layers panel, or choose a layer beside it.</source>
            <translation>此组已锁定：无法放入新内容。请在“图层”面板中解锁，或选择旁边的图层。</translation>
        </message>
        <message>
            <source>This group is hidden: what is put into it is not seen. Show it in the Layers panel, or choose a layer beside it.</source>
            <translation>此组已隐藏：放入的内容看不见。请在“图层”面板中显示它，或选择旁边的图层。</translation>
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
        <message>
            <source>Choose at least three layers to distribute.</source>
            <translation>请至少选择三个图层再进行分布。</translation>
        </message>
        <message>
            <source>This layer is hidden. Show it in the Layers panel first.</source>
            <translation>此图层已隐藏。请先在“图层”面板中显示它。</translation>
        </message>
        <message>
            <source>There is nothing to move: the layer is empty.</source>
            <translation>没有可以移动的内容：图层是空的。</translation>
        </message>
        <message>
            <source>The reference board holds 200 pictures. Remove some of them first.</source>
            <translation>参考板已有 200 张图片。请先移除一些。</translation>
        </message>
        <message>
            <source>The mask, blend mode, clipping or effects of this group cannot go over to its layers. Merge the group, or take them off first.</source>
            <translation>此图层组的蒙版、混合模式、剪贴或效果无法转给其中的图层。请合并此组，或先去掉它们。</translation>
        </message>
        <message>
            <source>“{name}” is locked. Unlock it in the Layers panel first.</source>
            <translation>“{name}” 已锁定。请先在图层面板中解锁。</translation>
        </message>
        <message>
            <source>The position of “{name}” is locked. Unlock it in the Layers panel first.</source>
            <translation>“{name}” 的位置已锁定。请先在图层面板中解锁。</translation>
        </message>
        <message>
            <source>The transparency of “{name}” is locked: nothing can be moved in it. Unlock it in the Layers panel.</source>
            <translation>“{name}” 的透明像素已锁定：其中的内容不能移动。请在图层面板中解锁。</translation>
        </message>
        <message>
            <source>The selection holds no pixels of this layer.</source>
            <translation>选区中没有此图层的像素。</translation>
        </message>
        <message>
            <source>The selection holds no pixels of these layers.</source>
            <translation>选区中没有这些图层的像素。</translation>
        </message>
        <message>
            <source>A filter layer has no pixels that could be moved. Add a mask to it and choose the mask, or deselect to move all of it.</source>
            <translation>滤镜图层没有可移动的像素。请为它添加蒙版并选中蒙版，或取消选区以移动整个图层。</translation>
        </message>
        <message>
            <source>This layer comes from a newer version of Danqing and is kept as it is: no part of it can be moved. Deselect to move all of it.</source>
            <translation>此图层来自较新版本的丹青，会原样保留：不能移动它的一部分。请取消选区以移动整个图层。</translation>
        </message>
        <message>
            <source>The quick mask is painted on now: layers are neither moved nor transformed by it. Leave it first.</source>
            <translation>正在绘制快速蒙版：此时不能用它移动或变换图层。请先退出快速蒙版。</translation>
        </message>
        <message>
            <source>Nothing is selected. Select what the mask shall show first.</source>
            <translation>没有选区。请先选择蒙版要显示的部分。</translation>
        </message>
        <message>
            <source>This layer has no mask.</source>
            <translation>这个图层没有蒙版。</translation>
        </message>
        <message>
            <source>This layer's transparency is locked: nothing can be cut out of it. Unlock it in the Layers panel.</source>
            <translation>此图层锁定了透明像素，无法从中剪切。请在图层面板中解锁。</translation>
        </message>
        <message>
            <source>Only the pixels of a paint layer can be taken out. Rasterise this layer first.</source>
            <translation>只能取出绘画图层的像素。请先栅格化此图层。</translation>
        </message>
        <message>
            <source>Only the pixels of a paint layer can take its mask in. Merge this layer instead.</source>
            <translation>只有绘画图层能把蒙版应用到像素。请改为合并此图层。</translation>
        </message>
        <message>
            <source>A hidden layer would be lost in the merge. Show it, or delete it, first.</source>
            <translation>合并会丢失隐藏的图层。请先显示或删除它。</translation>
        </message>
        <message>
            <source>A locked layer cannot be merged. Unlock it in the Layers panel first.</source>
            <translation>锁定的图层无法合并。请先在图层面板中解锁。</translation>
        </message>
        <message>
            <source>There is no layer below to merge with.</source>
            <translation>下方没有可合并的图层。</translation>
        </message>
        <message>
            <source>The layer below is a filter without pixels of its own. Merge all visible layers instead.</source>
            <translation>下方是没有自身像素的滤镜图层。请改用合并可见图层。</translation>
        </message>
        <message>
            <source>No layer is visible. Show what shall be merged first.</source>
            <translation>没有可见图层。请先显示要合并的内容。</translation>
        </message>
        <message>
            <source>Select at least two layers, or a group, to merge.</source>
            <translation>请至少选择两个图层或一个图层组来合并。</translation>
        </message>
        <message>
            <source>Nothing is selected. Select something first.</source>
            <translation>没有选区。请先选择一些内容。</translation>
        </message>
        <message>
            <source>Nothing would be left selected. Take a smaller number.</source>
            <translation>这样就什么都不剩了。请用较小的数值。</translation>
        </message>
        <message>
            <source>Everything is selected: turned round, nothing would be.</source>
            <translation>已全部选中：反选后将什么也不剩。</translation>
        </message>
        <message>
            <source>There is no room for the line on this side of the edge. Choose another side.</source>
            <translation>边缘的这一侧没有画线的余地。请改选另一侧。</translation>
        </message>
        <message>
            <source>This saved selection is not there any more.</source>
            <translation>这个已存选区已经不在了。</translation>
        </message>
        <message>
            <source>The layer's transparent pixels are locked, so nothing can be cleared. Unlock them in the Layers panel.</source>
            <translation>图层锁定了透明像素，无法清除。请在图层面板中解锁。</translation>
        </message>
        <message>
            <source>This text is locked. Unlock it in the Layers panel to edit it.</source>
            <translation>此文字已锁定。请先在图层面板中解锁再编辑。</translation>
        </message>
        <message>
            <source>This text has no letters that could become a shape.</source>
            <translation>这段文字没有可以转为形状的字形。</translation>
        </message>
        <message>
            <source>This is not a text layer. Choose one in the Layers panel.</source>
            <translation>这不是文字图层。请在图层面板中选择一个文字图层。</translation>
        </message>
        <message>
            <source>This layer has no pixels to copy here.</source>
            <translation>这个图层在此处没有可复制的像素。</translation>
        </message>
        <message>
            <source>The clipboard holds nothing that can be pasted: copy a picture or a layer first.</source>
            <translation>剪贴板里没有可粘贴的内容：请先复制图片或图层。</translation>
        </message>
        <message>
            <source>Nothing is selected. Select first what the picture shall be pasted into.</source>
            <translation>没有选区。请先选择要粘贴到的区域。</translation>
        </message>
        <message>
            <source>This picture's colour profile is a table that cannot be converted exactly. Assign another colour space instead.</source>
            <translation>这张图像的色彩配置文件是查找表，无法精确转换。请改为指定其他色彩空间。</translation>
        </message>
        <message>
            <source>No layer is marked as reference for fills. Mark your line art: Layer ▸ Reference for fills.</source>
            <translation>没有图层被标为填充参照。请标记线稿图层：图层 ▸ 填充参照。</translation>
        </message>
        <message>
            <source>There is nothing to fill here: the place lies outside the picture.</source>
            <translation>此处无可填充：位置在图像之外。</translation>
        </message>
        <message>
            <source>There is nothing to fill here: the place lies outside the selection.</source>
            <translation>此处无可填充：位置在选区之外。</translation>
        </message>
        <message>
            <source>The guides are locked; unlock them in the View menu to move them.</source>
            <translation>参考线已锁定；要移动请在“视图”菜单中解锁。</translation>
        </message>
        <message>
            <source>This needs the engine, which is not installed here. Run: pip install "danqing[engine]"</source>
            <translation>此操作需要引擎，而此处尚未安装。请运行：pip install "danqing[engine]"</translation>
        </message>
        <message>
            <source>There is nothing to trim: the picture is empty or all of one colour.</source>
            <translation>没有可以裁切的内容：图片是空的或只有一种颜色。</translation>
        </message>
        <message>
            <source>The selection is empty. Select what the picture is to be cropped to.</source>
            <translation>选区是空的。请先选择要裁剪到的区域。</translation>
        </message>
        <message>
            <source>A filter layer has no shape that could throw a shadow.</source>
            <translation>滤镜图层没有可以产生效果的形状。</translation>
        </message>
        <message>
            <source>This layer has no effects to copy.</source>
            <translation>此图层没有可拷贝的效果。</translation>
        </message>
        <message>
            <source>No effects were copied yet.</source>
            <translation>还没有拷贝任何效果。</translation>
        </message>
        <message>
            <source>There is nothing visible inside the selection to copy.</source>
            <translation>选区内没有可拷贝的可见内容。</translation>
        </message>
        <message>
            <source>This layer is a paint layer already.</source>
            <translation>此图层已是绘画图层。</translation>
        </message>
        <message>
            <source>A group is merged, not rasterised: Layer ▸ Merge down.</source>
            <translation>图层组不能栅格化，请合并：图层 ▸ 向下合并。</translation>
        </message>
        <message>
            <source>A filter layer has no pixels of its own. Merge it with what it changes.</source>
            <translation>滤镜图层没有自己的像素。请将它与其作用的图层合并。</translation>
        </message>
        <message>
            <source>Only a paint layer that lies straight can be trimmed. Apply its transform first.</source>
            <translation>只能裁切未旋转的绘画图层。请先应用其变换。</translation>
        </message>
        <message>
            <source>Only a paint layer's transform can be applied; other layers keep theirs live.</source>
            <translation>只能应用绘画图层的变换；其他图层的变换保持可编辑。</translation>
        </message>
        <message>
            <source>Nothing was selected in this picture before.</source>
            <translation>这幅图里之前没有选择过任何内容。</translation>
        </message>
        <message>
            <source>These four corners make no page: drag them so that no side crosses another.</source>
            <translation>这四个角无法构成一张纸：请拖动它们，使各边互不交叉。</translation>
        </message>
        <message>
            <source>Alt+click first where the clone brush is to take from.</source>
            <translation>请先按住 Alt 点击仿制画笔的取样处。</translation>
        </message>
        <message>
            <source>This machine has no font. Install one, for example Noto Sans CJK.</source>
            <translation>本机没有任何字体。请安装一种，例如 Noto Sans CJK。</translation>
        </message>
        <message>
            <source>A group has no colours of its own to change. Choose a layer in it in the Layers panel, or merge the group.</source>
            <translation>组没有自己的颜色可以改变。请在图层面板中选择组中的图层，或合并该组。</translation>
        </message>
        <message>
            <source>A filter layer has no colours of its own to change. Choose the layer below it in the Layers panel, or paint on its mask.</source>
            <translation>滤镜图层没有自己的颜色可以改变。请在图层面板中选择它下面的图层，或在它的蒙版上绘制。</translation>
        </message>
        <message>
            <source>A mask has no colours that a sponge could change. Dodge and burn work on it.</source>
            <translation>蒙版没有颜色，海绵改变不了它；减淡和加深可以用在蒙版上。</translation>
        </message>
        <message>
            <source>There is nothing to transform: the layer is empty.</source>
            <translation>没有可以变换的内容：图层是空的。</translation>
        </message>
        <message>
            <source>No object was found here. Mark more of it, or draw the box closer around it.</source>
            <translation>这里没有找到物体。请多标出一些，或把框画得更贴近它。</translation>
        </message>
        <message>
            <source>Nothing is marked. Select what is to be repaired.</source>
            <translation>没有标出要修复的部分。请先选择要修复之处。</translation>
        </message>
        <message>
            <source>Everything is marked, so nothing is left to repair from. Select only what is to be repaired.</source>
            <translation>全部都被标出，没有可供取样的部分。请只选择要修复之处。</translation>
        </message>
        <message>
            <source>There is nothing to take from. Let the sampled part hold more of the picture.</source>
            <translation>没有可供取样的部分。请让取样区域包含更多画面。</translation>
        </message>
        <message>
            <source>The mask has another size than the picture. Give one of the same size.</source>
            <translation>蒙版与图像尺寸不同。请提供相同尺寸的蒙版。</translation>
        </message>
        <message>
            <source>Select at least two layers with pixels to blend.</source>
            <translation>请至少选择两个有像素的图层进行融合。</translation>
        </message>
        <message>
            <source>There is nothing visible below this layer to blend it into. Show what lies below in the Layers panel, or move it up.</source>
            <translation>此图层下方没有可见内容可供融入。请在图层面板中显示下方图层，或将此图层上移。</translation>
        </message>
        <message>
            <source>This layer shows nothing that could be blended in. Choose another layer, or select where it shows something.</source>
            <translation>此图层没有可融合的内容。请选择其他图层，或选取它有内容的地方。</translation>
        </message>
        <message>
            <source>A filter layer has no pixels of its own to blend.</source>
            <translation>滤镜图层没有可融合的像素。</translation>
        </message>
        <message>
            <source>Repairs change the pixels of a paint layer. Choose one, or rasterise this layer first.</source>
            <translation>修复会改动绘画图层的像素。请选择一个绘画图层，或先栅格化此图层。</translation>
        </message>
        <message>
            <source>This layer is empty: there is nothing on it to repair from. Choose another one in the Layers panel.</source>
            <translation>此图层是空的，没有可供修复取样的内容。请在“图层”面板中选择另一个图层。</translation>
        </message>
        <message>
            <source>No scratches and no dust were found.</source>
            <translation>没有找到划痕和灰尘。</translation>
        </message>
        <message>
            <source>The same cannot be kept and removed. Choose another selection or layer for one of them.</source>
            <translation>同一部分不能既保留又去掉。请为其中一项另选选区或图层。</translation>
        </message>
        <message>
            <source>Select the layers with the photographs that are to become a panorama; at least two.</source>
            <translation>请选择要拼成全景图的照片图层，至少两个。</translation>
        </message>
        <message>
            <source>“{name}” is locked. Unlock it before it becomes part of a panorama.</source>
            <translation>“{name}”已锁定。请先解锁，再将其拼入全景图。</translation>
        </message>
        <message>
            <source>No edges were found by which colour fringes could be measured. Set them by hand in the filter Colour fringes.</source>
            <translation>未找到可用于测量色差的边缘。请在滤镜“色差彩边”中手动设置。</translation>
        </message>
        <message>
            <source>No long straight lines were found to level the picture by. Turn it by hand with the crop tool.</source>
            <translation>未找到可用于校正水平的长直线。请用裁剪工具手动旋转。</translation>
        </message>
        <message>
            <source>No colour fringes were found: red, green and blue lie on each other.</source>
            <translation>未发现色差彩边：红、绿、蓝已重合。</translation>
        </message>
        <message>
            <source>The picture is level already.</source>
            <translation>画面已经是水平的。</translation>
        </message>
        <message>
            <source>Nothing is selected. Draw around the flaw first.</source>
            <translation>未选择任何内容。请先圈出瑕疵。</translation>
        </message>
        <message>
            <source>There are no pixels at that place to repair from. Drag the selection onto a part that holds some.</source>
            <translation>该处没有可供取样的像素。请将选区拖到有像素的地方。</translation>
        </message>
        <message>
            <source>The kernel or the pooling does not fit into the picture. Choose a padding, a smaller kernel or a smaller pooling.</source>
            <translation>卷积核或池化超出画面。请选择填充方式、较小的卷积核或较小的池化。</translation>
        </message>
        <message>
            <source>Noise is measured on at least 8 × 8 visible pixels. Select a larger area, or choose a layer that shows something there.</source>
            <translation>测量噪声至少需要 8 × 8 个可见像素。请选择更大的区域，或选择在该处有内容的图层。</translation>
        </message>
        <message>
            <source>Choose the layer whose noise is to be measured in the Layers panel.</source>
            <translation>请在图层面板中选择要测量噪声的图层。</translation>
        </message>
        <message>
            <source>Choose one of the photographs inside the panorama; where something is selected it will be shown.</source>
            <translation>请在全景图中选择一张照片；选区内将显示它。</translation>
        </message>
        <message>
            <source>Choose one of the photographs inside a panorama, or Alt+click where it lies; it will be shown where you paint.</source>
            <translation>请在全景图中选择一张照片，或按住 Alt 点击它所在的位置；在您涂抹之处将显示它。</translation>
        </message>
        <message>
            <source>No photograph of a panorama lies here. Choose one of its layers in the Layers panel, then Alt+click on it.</source>
            <translation>此处没有全景图的照片。请在图层面板中选择全景图的一个图层，再按住 Alt 点击照片。</translation>
        </message>
        <message>
            <source>Nothing is selected. Select where this photograph is to be shown.</source>
            <translation>未选择任何内容。请选择要显示这张照片的区域。</translation>
        </message>
        <message>
            <source>“{name}” has no pixels there, so it cannot be shown. Alt+click to choose a photograph that lies there.</source>
            <translation>“{name}”在该处没有像素，无法显示。请按住 Alt 点击，选择位于该处的照片。</translation>
        </message>
        <message>
            <source>A layer of this panorama is locked. Unlock it in the Layers panel first.</source>
            <translation>此全景图中有图层已锁定。请先在图层面板中解锁。</translation>
        </message>
        <message>
            <source>This panorama is hidden: nobody would see the change. Show it in the Layers panel first.</source>
            <translation>该全景图已隐藏，改动将无法看到。请先在图层面板中显示它。</translation>
        </message>
        <message>
            <source>Red eyes are taken out of a layer that is neither turned nor bent. Apply its transform first.</source>
            <translation>去红眼需要未旋转、未弯曲的图层。请先应用变换。</translation>
        </message>
        <message>
            <source>Nothing red enough was found there. Choose one of the pupils, or a lower threshold in the options.</source>
            <translation>该处没有足够红的部分。请选择瞳孔，或在选项中降低阈值。</translation>
        </message>
        <message>
            <source>This layer is empty: there is nothing to scale. Choose another one in the Layers panel.</source>
            <translation>此图层是空的：没有可缩放的内容。请在图层面板中选择另一个图层。</translation>
        </message>
        <message>
            <source>Only paint layers and groups at the top level, neither scaled nor turned, are resampled. Apply the layer's transform first, or scale it with the transform tool.</source>
            <translation>只能重新采样不在组内、未经缩放或旋转的绘画图层和组。请先应用图层的变换，或使用变换工具缩放。</translation>
        </message>
        <message>
            <source>Liquify moves the pixels of a paint layer or a mask. Choose one, or rasterise this layer first.</source>
            <translation>液化移动绘画图层或蒙版的像素。请选择其中之一，或先将此图层栅格化。</translation>
        </message>
        <message>
            <source>Liquify needs a layer that is not bent. Apply its transform first.</source>
            <translation>液化需要未弯曲的图层。请先应用它的变换。</translation>
        </message>
        <message>
            <source>This layer is empty: there is nothing on it to liquify. Choose another one in the Layers panel.</source>
            <translation>此图层是空的，没有可供液化的内容。请在“图层”面板中选择另一个图层。</translation>
        </message>
        <message>
            <source>No long lines that would be upright were found. Set the corners by hand, or crop to the building first.</source>
            <translation>没有找到本应竖直的长线条。请手动设置四角，或先裁剪到建筑物。</translation>
        </message>
        <message>
            <source>No long lines that would be level were found. Stand only the uprights straight, or set the corners by hand.</source>
            <translation>没有找到本应水平的长线条。请只扶正竖线，或手动设置四角。</translation>
        </message>
        <message>
            <source>The lines meet inside the picture, or nearly: it is too steep to be stood upright.</source>
            <translation>线条在画面之内或附近相交：倾斜太大，无法扶正。</translation>
        </message>
        <message>
            <source>Nothing stands out from the background here. Select roughly what is to stay.</source>
            <translation>这里没有与背景明显不同的内容。请大致选出要保留的部分。</translation>
        </message>
        <message>
            <source>This layer has no pixels to cut out of. Choose another one in the Layers panel.</source>
            <translation>此图层没有可供抠图的像素。请在图层面板中选择另一个图层。</translation>
        </message>
        <message>
            <source>Only a paint layer's own colours can be cleaned at the edge. Leave that off, or rasterise this layer first.</source>
            <translation>只能净化绘画图层边缘的颜色。请关闭此项，或先栅格化此图层。</translation>
        </message>
        <message>
            <source>A filter layer has no pixels of its own to export. Choose another one in the Layers panel.</source>
            <translation>滤镜图层没有自己的像素可供导出。请在图层面板中选择另一个图层。</translation>
        </message>
        <message>
            <source>There is no layer “{name}”; there are: {known}</source>
            <translation>没有名为 “{name}” 的图层；现有：{known}</translation>
        </message>
        <message>
            <source>What is selected holds nothing of this layer. Select a piece of the texture that is to go on.</source>
            <translation>选区内没有这个图层的像素。请选择要延续的一块纹理。</translation>
        </message>
        <message>
            <source>“{name}” shows nothing on the canvas that colours could be taken from. Choose another layer, or a file.</source>
            <translation>“{name}”在画布上没有可取的颜色。请选择另一个图层，或选择文件。</translation>
        </message>
        <message>
            <source>“{name}” is wholly transparent: there are no colours to take. Choose another file.</source>
            <translation>“{name}”完全透明，没有可取的颜色。请选择另一个文件。</translation>
        </message>
        <message>
            <source>The picture to take colours from is wholly transparent. Choose another one.</source>
            <translation>要取色的图片完全透明。请另选一张。</translation>
        </message>
        <message>
            <source>Choose at least two layers to link: Ctrl+click them in the Layers panel.</source>
            <translation>请至少选择两个图层再链接：在图层面板中按住 Ctrl 点击。</translation>
        </message>
        <message>
            <source>A layer moves with its group already. Choose layers that do not lie in one another to link them.</source>
            <translation>图层本来就随它的组移动。请选择互不包含的图层来链接。</translation>
        </message>
        <message>
            <source>None of these layers is linked.</source>
            <translation>这些图层都没有链接。</translation>
        </message>
        <message>
            <source>“{name}” is linked with this layer and locked. Unlock it, or unlink the layers, in the Layers panel.</source>
            <translation>“{name}” 与此图层链接，并且已锁定。请在图层面板中解锁，或取消链接。</translation>
        </message>
        <message>
            <source>The selection is empty or lies outside of the picture.</source>
            <translation>选区为空，或位于图片之外。</translation>
        </message>
        <message>
            <source>A group or a filter layer has no pixels of its own to split into detail and colour. Stamp what is visible first.</source>
            <translation>组或滤镜图层没有自己的像素，不能拆分为细节和颜色。请先盖印可见图层。</translation>
        </message>
        <message>
            <source>A filter layer has no pixels that detail could be given to. Choose the layer it lies on.</source>
            <translation>滤镜图层没有可以添加细节的像素。请选择它下面的图层。</translation>
        </message>
        <message>
            <source>This layer shows nothing on the canvas that detail could be given to. Choose another layer.</source>
            <translation>此图层在画布上没有可以添加细节的内容。请选择其他图层。</translation>
        </message>
        <message>
            <source>The quick mask is painted on now, and it holds nothing to repair. Leave it, then repair the layer.</source>
            <translation>正在绘制快速蒙版，其中没有可修复的内容。请先退出快速蒙版，再修复图层。</translation>
        </message>
        <message>
            <source>The mask of a layer that is turned or bent cannot be repaired. Apply its transform first.</source>
            <translation>旋转或弯曲的图层，其蒙版无法修复。请先应用变换。</translation>
        </message>
    </context>
    <context>
        <name>engine</name>
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
            <source>The device chosen in the settings is not there. Look whether its card and driver are in order, or choose another one.</source>
            <translation>设置中选择的设备不存在。请检查显卡和驱动是否正常，或改选其他设备。</translation>
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
            <source>The model has no class “{label}”; it has: {classes}.</source>
            <translation>该模型没有类别“{label}”；它有：{classes}。</translation>
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
            <source>A direction needs one to {most} pictures of either kind.</source>
            <translation>一个方向需要两类图片各 1 至 {most} 张。</translation>
        </message>
        <message>
            <source>The pictures of both kinds are the same; nothing leads from one to the other.</source>
            <translation>两类图片相同，无法得出从一类到另一类的方向。</translation>
        </message>
        <message>
            <source>A way needs two seeds or more; one was given.</source>
            <translation>过渡需要两个或更多种子，现在只有一个。</translation>
        </message>
        <message>
            <source>Looking for the picture in the model</source>
            <translation>正在模型中寻找图片</translation>
        </message>
        <message>
            <source>Trying directions</source>
            <translation>正在试验方向</translation>
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
        <message>
            <source>To learn classes, all pictures must lie in sub-folders, one for each class, and there must be two or more of them.</source>
            <translation>要学习类别，所有图片都须放在子文件夹里，每类一个，且至少两类。</translation>
        </message>
        <message>
            <source>“{folder}” holds no picture that can be read; PNG, JPEG, WebP, TIFF, BMP and GIF are.</source>
            <translation>“{folder}”中没有可读取的图片；支持 PNG、JPEG、WebP、TIFF、BMP 和 GIF。</translation>
        </message>
        <message>
            <source>“{folder}” is no folder; give a folder of pictures to train on.</source>
            <translation>“{folder}”不是文件夹，请指定用于训练的图片文件夹。</translation>
        </message>
        <message>
            <source>“{folder}” holds no picture to test on; give another folder of test pictures, or none.</source>
            <translation>“{folder}”中没有可用于测试的图片；请另选测试图片文件夹，或不指定。</translation>
        </message>
        <message>
            <source>“{folder}” cannot be both trained on and held out; give another folder of test pictures.</source>
            <translation>“{folder}”不能既用于训练又用于测试，请另选测试图片文件夹。</translation>
        </message>
        <message>
            <source>Looking through the pictures</source>
            <translation>正在查看图片</translation>
        </message>
        <message>
            <source>Getting the pictures ready</source>
            <translation>正在准备图片</translation>
        </message>
        <message>
            <source>Every picture of “{folder}” is left out. Include some of them again, or choose another folder.</source>
            <translation>“{folder}”中的图片已全部排除，请重新选用一些，或另选文件夹。</translation>
        </message>
        <message>
            <source>The recipe “{recipe}” learns from your pictures. Choose a folder of pictures first.</source>
            <translation>方案“{recipe}”以你的图片为学习对象，请先选择图片文件夹。</translation>
        </message>
        <message>
            <source>There is not enough memory for a step with {count} pictures at once. Work on them in smaller parts, or close other programs.</source>
            <translation>内存不足以一次处理 {count} 张图片。请分成更小的部分，或关闭其他程序。</translation>
        </message>
        <message>
            <source>Measuring the model</source>
            <translation>正在评估模型</translation>
        </message>
        <message>
            <source>The classifier “{name}” does not know all classes of the model: {classes}.</source>
            <translation>分类器“{name}”不认识该模型的全部类别：{classes}。</translation>
        </message>
        <message>
            <source>Measuring how far the figures scatter</source>
            <translation>正在估计数值的波动范围</translation>
        </message>
        <message>
            <source>Measuring with the Inception network</source>
            <translation>正在用 Inception 网络测量</translation>
        </message>
        <message>
            <source>Measuring with a second network</source>
            <translation>正在用第二个网络测量</translation>
        </message>
        <message>
            <source>Learning to tell the classes apart</source>
            <translation>正在学习分辨类别</translation>
        </message>
        <message>
            <source>Judging what the sliders change</source>
            <translation>正在评判滑块改变了什么</translation>
        </message>
        <message>
            <source>Looking for copies of training pictures</source>
            <translation>正在查找训练图片的复制品</translation>
        </message>
        <message>
            <source>It is not known what “{model}” learnt from. Give the folder of its pictures, too.</source>
            <translation>不知道“{model}”用哪些图片学习过。请同时指定其图片文件夹。</translation>
        </message>
        <message>
            <source>Painting pictures by the rule to compare with</source>
            <translation>正在按规则绘制用于比较的图片</translation>
        </message>
        <message>
            <source>There are too few pictures to measure beside ({count}); at least {least} are needed.</source>
            <translation>只有 {count} 张图片可供比较；至少需要 {least} 张。</translation>
        </message>
        <message>
            <source>The device “{device}” is not available here. Choose one of these: {available}.</source>
            <translation>这里没有设备“{device}”。请从这些中选择：{available}。</translation>
        </message>
        <message>
            <source>Teaching the enlargement</source>
            <translation>正在训练放大网络</translation>
        </message>
        <message>
            <source>Learning to read the pictures</source>
            <translation>正在学习辨认图片</translation>
        </message>
        <message>
            <source>Finding the sliders</source>
            <translation>正在寻找滑块</translation>
        </message>
        <message>
            <source>Measuring the sliders</source>
            <translation>正在测量滑块</translation>
        </message>
        <message>
            <source>The filter “{filter}” gave {given} values for {wanted}. Please report this with the filter's name.</source>
            <translation>滤镜“{filter}”应返回 {wanted} 个数值，却返回了 {given} 个。请连同滤镜名称一起报告。</translation>
        </message>
        <message>
            <source>“{name}” is neither a model nor a folder of pictures. “danqing models list” lists the models; check the name.</source>
            <translation>“{name}”既不是模型，也不是图片文件夹。“danqing models list”会列出模型；请检查名称。</translation>
        </message>
        <message>
            <source>Reading the pictures</source>
            <translation>正在读取图片</translation>
        </message>
        <message>
            <source>“{folder}” is no folder; give a folder of pictures.</source>
            <translation>“{folder}”不是文件夹；请给出图片文件夹。</translation>
        </message>
        <message>
            <source>“{folder}” has too few pictures that can be read ({count}); at least {least} are needed to measure them.</source>
            <translation>“{folder}”中只有 {count} 张可读取的图片；至少需要 {least} 张才能衡量。</translation>
        </message>
        <message>
            <source>Trying how fast this computer learns</source>
            <translation>正在试算本机的训练速度</translation>
        </message>
        <message>
            <source>One of the processes that trained together ended; the last checkpoint is kept. It said: {reason}</source>
            <translation>一起训练的进程之一已结束；上一个检查点已保留。它说：{reason}</translation>
        </message>
        <message>
            <source>“{name}” is no classifier. “danqing classes learn” makes one from a folder of classes.</source>
            <translation>“{name}”不是分类器。“danqing classes learn”可由分好类的文件夹得到一个。</translation>
        </message>
        <message>
            <source>“{name}” cannot be read as a picture; leave it out.</source>
            <translation>“{name}”不能作为图片读取；请去掉它。</translation>
        </message>
        <message>
            <source>“{name}” cannot be read as a picture.</source>
            <translation>无法把“{name}”读作图片。</translation>
        </message>
        <message>
            <source>There is no file “{name}”. Check its name and its folder.</source>
            <translation>没有文件“{name}”。请检查文件名和所在文件夹。</translation>
        </message>
        <message>
            <source>“{name}” is a folder. Give a file.</source>
            <translation>“{name}”是文件夹。请给出一个文件。</translation>
        </message>
        <message>
            <source>“{name}” is the picture itself and would be lost. Give the compressed picture another name.</source>
            <translation>“{name}”就是这张图片本身，会因此丢失。请给压缩图片另取一个名字。</translation>
        </message>
        <message>
            <source>“{name}” cannot be decompressed: it is damaged. Copy it again, or compress the picture again.</source>
            <translation>无法解压“{name}”：文件已损坏。请重新复制该文件，或重新压缩这张图片。</translation>
        </message>
        <message>
            <source>“{name}” cannot be decompressed: it is damaged, it claims quality {level}. Compress the picture again.</source>
            <translation>无法解压“{name}”：文件已损坏，其中写的质量是 {level}。请重新压缩这张图片。</translation>
        </message>
        <message>
            <source>“{name}” was compressed by another codec ({theirs}; this one is {ours}). Give that codec's file as the model.</source>
            <translation>“{name}”是用另一个编码器压缩的（{theirs}；现在这个是 {ours}）。请把那个编码器的文件作为模型给出。</translation>
        </message>
        <message>
            <source>This codec has qualities from 1 to {highest}; {level} is none of them.</source>
            <translation>这个编码器的质量为 1 到 {highest}；{level} 不在其中。</translation>
        </message>
        <message>
            <source>Compressing</source>
            <translation>正在压缩</translation>
        </message>
        <message>
            <source>Decompressing</source>
            <translation>正在解压</translation>
        </message>
        <message>
            <source>“{name}” is not a picture codec. Choose a file that “danqing train codec-vae” has made.</source>
            <translation>“{name}”不是图片编码器。请选择由“danqing train codec-vae”生成的文件。</translation>
        </message>
        <message>
            <source>Painting pictures to learn from</source>
            <translation>正在绘制学习用的图片</translation>
        </message>
        <message>
            <source>“{run}” holds a training already. Go on with it (--resume), or give another folder (--run).</source>
            <translation>“{run}” 中已有一次训练。请继续它（--resume），或另选文件夹（--run）。</translation>
        </message>
        <message>
            <source>Learning at half the size first</source>
            <translation>先以一半的尺寸学习</translation>
        </message>
        <message>
            <source>A picture that is made of others is one picture; {count} seeds were given.</source>
            <translation>由其他图片混合而成的图片只有一张；给出了 {count} 个种子。</translation>
        </message>
        <message>
            <source>A picture can be made of {most} others at most; {count} were given.</source>
            <translation>一张图片最多由 {most} 张图片混合而成；给出了 {count} 张。</translation>
        </message>
        <message>
            <source>The shares of the pictures that one is made of must add up to 1; these add up to {sum}.</source>
            <translation>混合所用各图片的份额之和必须为 1；现在为 {sum}。</translation>
        </message>
        <message>
            <source>This model's layers take no styles of their own; choose one that was taught as a style network.</source>
            <translation>此模型不能按粗细分别取用风格；请选择风格网络类的模型。</translation>
        </message>
        <message>
            <source>A latent of {found} numbers does not fit this model, which has {size}; take the model that it was made with.</source>
            <translation>{found} 个数的潜变量与此模型（{size} 个）不符；请使用生成它的模型。</translation>
        </message>
        <message>
            <source>A direction or style of {found} numbers does not fit this model, whose style has {size}.</source>
            <translation>该方向或风格有 {found} 个数，与此模型不符（其风格有 {size} 个数）。</translation>
        </message>
        <message>
            <source>A model cannot be exported over its own file. Choose another place or another name.</source>
            <translation>模型不能导出到它自己的文件上。请另选位置或名称。</translation>
        </message>
        <message>
            <source>The model could not be written: {reason}. Choose another place for it.</source>
            <translation>无法写入模型：{reason}。请为它另选位置。</translation>
        </message>
        <message>
            <source>Paused: this computer runs on its battery. It goes on by itself at the mains.</source>
            <translation>已暂停：本机正在使用电池。接通电源后会自动继续。</translation>
        </message>
        <message>
            <source>These are not the weights that FID is defined with: the SHA-256 begins with {found}, not with {known}. Get pt_inception-2015-12-05-6726825d.pth again, or give a safetensors file of your own.</source>
            <translation>这不是定义 FID 所用的权重：SHA-256 以 {found} 开头，而不是 {known}。请重新获取 pt_inception-2015-12-05-6726825d.pth，或给出自己的 safetensors 文件。</translation>
        </message>
        <message>
            <source>The file of the Inception weights is empty. Choose another file.</source>
            <translation>Inception 权重文件是空的。请另选文件。</translation>
        </message>
        <message>
            <source>The file of the Inception weights cannot be read: {reason}. Choose another file.</source>
            <translation>无法读取 Inception 权重文件：{reason}。请另选文件。</translation>
        </message>
        <message>
            <source>There is no file of Inception weights of this name. Choose another file.</source>
            <translation>没有这个名称的 Inception 权重文件。请另选文件。</translation>
        </message>
        <message>
            <source>The file holds no Inception-v3 network: “{tensor}” is missing. Choose another file.</source>
            <translation>文件中没有 Inception-v3 网络：缺少“{tensor}”。请另选文件。</translation>
        </message>
        <message>
            <source>The file holds no Inception-v3 network: “{tensor}” has {found} values instead of {expected}. Choose another file.</source>
            <translation>文件中没有 Inception-v3 网络：“{tensor}”有 {found} 个值，应为 {expected}。请另选文件。</translation>
        </message>
        <message>
            <source>The weights are damaged: “{tensor}” holds values that are no numbers. Choose another file.</source>
            <translation>权重已损坏：“{tensor}”含有非数值。请另选文件。</translation>
        </message>
        <message>
            <source>The file holds another network: an Inception-v3 has no “{tensor}”. Choose another file.</source>
            <translation>文件中是另一种网络：Inception-v3 没有“{tensor}”。请另选文件。</translation>
        </message>
        <message>
            <source>“{name}” holds no detail network that can be read. Learn it anew or take the file away.</source>
            <translation>“{name}”中没有可读取的细节网络。请重新学习，或移走该文件。</translation>
        </message>
        <message>
            <source>The detail network that this picture was made with is not here any more. Add detail once more, or bring its file back.</source>
            <translation>生成这张图片所用的细节网络已不在这里。请重新添加细节，或放回它的文件。</translation>
        </message>
        <message>
            <source>Adding detail</source>
            <translation>正在添加细节</translation>
        </message>
        <message>
            <source>The picture would have {side} pixels a side; {most} is the most. Add detail to it once, or to a smaller one.</source>
            <translation>图片边长会达到 {side} 像素，上限为 {most}。请只添加一次细节，或选用较小的图片。</translation>
        </message>
        <message>
            <source>The pixels handed over do not fit their shape {shape}.</source>
            <translation>传入的像素与尺寸 {shape} 不符。</translation>
        </message>
        <message>
            <source>Measuring the grain of your pictures</source>
            <translation>正在测量图片的颗粒</translation>
        </message>
        <message>
            <source>Learning the detail of your pictures</source>
            <translation>正在学习图片的细节</translation>
        </message>
        <message>
            <source>The pictures in “{folder}” are smaller than {side} pixels a side; there is no detail to learn. Choose the scans at their full size.</source>
            <translation>“{folder}”中的图片边长小于 {side} 像素，没有细节可学。请选择原尺寸的扫描件。</translation>
        </message>
        <message>
            <source>“{model}” has no encoder, so it cannot take pictures apart; “Find layer in model” looks for them in it.</source>
            <translation>“{model}”没有编码器，无法分解图片；可用“在模型中寻找图层”来寻找。</translation>
        </message>
        <message>
            <source>A picture of {width} × {height} pixels is too small: each side must have at least {least}. Enlarge it, or take more of the layer.</source>
            <translation>{width} × {height} 像素的图片太小：每边至少需要 {least} 像素。请放大图片，或取图层的更大部分。</translation>
        </message>
        <message>
            <source>A map needs two pictures or more; “{folder}” holds one that can be used. Choose another folder.</source>
            <translation>地图至少需要两张图片；“{folder}”只有一张可用。请选择其他文件夹。</translation>
        </message>
        <message>
            <source>The pictures in “{folder}” are too small: each side must have at least {least} pixels. Choose another folder.</source>
            <translation>“{folder}”中的图片太小：每边至少需要 {least} 像素。请选择其他文件夹。</translation>
        </message>
        <message>
            <source>Taking pictures apart</source>
            <translation>正在分解图片</translation>
        </message>
        <message>
            <source>Pictures to train on: {count}, too few for so many palettes ({palettes}); each palette needs two. Add pictures, or ask for fewer palettes.</source>
            <translation>用于训练的图片只有 {count} 张，不足以分成 {palettes} 组配色；每组配色至少需要两张。请添加图片，或减少配色的组数。</translation>
        </message>
        <message>
            <source>The colours of the pictures are too much alike for {palettes} palettes. Ask for fewer palettes.</source>
            <translation>这些图片的颜色过于相近，无法分成 {palettes} 组配色。请减少配色的组数。</translation>
        </message>
        <message>
            <source>“{name}” cannot be decompressed: it is no compressed picture. Choose a file that “danqing compress” has made.</source>
            <translation>无法解压“{name}”：它不是压缩图片。请选择由“danqing compress”生成的文件。</translation>
        </message>
        <message>
            <source>“{name}” cannot be decompressed: it is of version {theirs}, and this Danqing reads {ours}. Compress the picture again.</source>
            <translation>无法解压“{name}”：它是第 {theirs} 版，而本丹青读取第 {ours} 版。请重新压缩这张图片。</translation>
        </message>
        <message>
            <source>“{name}” cannot be decompressed: it has {found} bytes of {told}. Copy it again, or compress the picture again.</source>
            <translation>无法解压“{name}”：{told} 字节中只有 {found} 字节。请重新复制该文件，或重新压缩这张图片。</translation>
        </message>
        <message>
            <source>“{name}” cannot be decompressed: it is damaged, its checksum does not agree. Copy it again, or compress the picture again.</source>
            <translation>无法解压“{name}”：文件已损坏，校验和不符。请重新复制该文件，或重新压缩这张图片。</translation>
        </message>
        <message>
            <source>“{name}” cannot be decompressed: it is damaged, it claims {width} × {height} pixels. Compress the picture again.</source>
            <translation>无法解压“{name}”：文件已损坏，其中写的是 {width} × {height} 像素。请重新压缩这张图片。</translation>
        </message>
        <message>
            <source>“{name}” cannot be decompressed: it is damaged, its alpha cannot be read. Compress the picture again.</source>
            <translation>无法解压“{name}”：文件已损坏，读不出 Alpha。请重新压缩这张图片。</translation>
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
            <source>This model makes no pictures. Choose another one in the list of models.</source>
            <translation>这个模型不能生成图片。请在模型列表中另选一个。</translation>
        </message>
        <message>
            <source>Fill selection</source>
            <translation>填充选区</translation>
        </message>
        <message>
            <source>Cannot fill a selection yet: choose another model.</source>
            <translation>还不能填充选区：请另选模型。</translation>
        </message>
        <message>
            <source>{count} more</source>
            <translation>再来 {count} 张</translation>
        </message>
        <message>
            <source>Place in selection</source>
            <translation>放入选区</translation>
        </message>
        <message>
            <source>A whole picture is made and placed in the selection.</source>
            <translation>会生成一整张图片，再放入选区。</translation>
        </message>
        <message>
            <source>Redraw</source>
            <translation>重绘</translation>
        </message>
        <message>
            <source>Cannot redraw yet: choose another model.</source>
            <translation>还不能重绘：请另选模型。</translation>
        </message>
        <message>
            <source>Cannot extend yet: choose another model.</source>
            <translation>还不能扩展画布：请另选模型。</translation>
        </message>
        <message>
            <source>Cannot translate yet: choose another model.</source>
            <translation>还不能转换风格：请另选模型。</translation>
        </message>
        <message>
            <source>Extend</source>
            <translation>扩展画布</translation>
        </message>
        <message>
            <source>Translate</source>
            <translation>转换风格</translation>
        </message>
    </context>
    <context>
        <name>gradients</name>
        <message>
            <source>Black to white</source>
            <translation>黑到白</translation>
        </message>
        <message>
            <source>Ink wash</source>
            <translation>水墨</translation>
        </message>
        <message>
            <source>Azurite</source>
            <translation>石青</translation>
        </message>
        <message>
            <source>Cinnabar</source>
            <translation>丹砂</translation>
        </message>
        <message>
            <source>Celadon</source>
            <translation>青瓷</translation>
        </message>
        <message>
            <source>Gold</source>
            <translation>金色</translation>
        </message>
        <message>
            <source>Dawn</source>
            <translation>晨曦</translation>
        </message>
        <message>
            <source>Dusk</source>
            <translation>暮色</translation>
        </message>
        <message>
            <source>Sea</source>
            <translation>海水</translation>
        </message>
        <message>
            <source>Forest</source>
            <translation>森林</translation>
        </message>
        <message>
            <source>Fire</source>
            <translation>火焰</translation>
        </message>
        <message>
            <source>Rainbow</source>
            <translation>彩虹</translation>
        </message>
    </context>
    <context>
        <name>harmony</name>
        <message>
            <source>Complementary</source>
            <translation>互补色</translation>
        </message>
        <message>
            <source>Analogous</source>
            <translation>邻近色</translation>
        </message>
        <message>
            <source>Split complementary</source>
            <translation>分裂互补</translation>
        </message>
        <message>
            <source>Triad</source>
            <translation>三角配色</translation>
        </message>
        <message>
            <source>Square</source>
            <translation>四方配色</translation>
        </message>
        <message>
            <source>Shades</source>
            <translation>深浅</translation>
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
            <source>Sliders</source>
            <translation>滑块</translation>
        </message>
        <message>
            <source>Sliders to zero</source>
            <translation>滑块归零</translation>
        </message>
        <message>
            <source>Variety</source>
            <translation>多样性</translation>
        </message>
        <message>
            <source>Variety by layers</source>
            <translation>分级多样性</translation>
        </message>
        <message>
            <source>Class</source>
            <translation>类别</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>种子</translation>
        </message>
        <message>
            <source>Mix variations</source>
            <translation>混合变体</translation>
        </message>
        <message>
            <source>Another picture</source>
            <translation>另一张图片</translation>
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
            <source>Take the star away</source>
            <translation>取消收藏</translation>
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
            <source>Ungroup</source>
            <translation>取消编组</translation>
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
            <source>Link layers</source>
            <translation>链接图层</translation>
        </message>
        <message>
            <source>Unlink layers</source>
            <translation>取消图层链接</translation>
        </message>
        <message>
            <source>Rename layers</source>
            <translation>批量重命名图层</translation>
        </message>
        <message>
            <source>Magic wand</source>
            <translation>魔棒</translation>
        </message>
        <message>
            <source>Select by colour</source>
            <translation>按颜色选择</translation>
        </message>
        <message>
            <source>Select by tone</source>
            <translation>按明暗选择</translation>
        </message>
        <message>
            <source>Stroke selection</source>
            <translation>描边选区</translation>
        </message>
        <message>
            <source>Grow selection</source>
            <translation>扩展选区</translation>
        </message>
        <message>
            <source>Shrink selection</source>
            <translation>收缩选区</translation>
        </message>
        <message>
            <source>Feather selection</source>
            <translation>羽化选区</translation>
        </message>
        <message>
            <source>Selection border</source>
            <translation>选区边界</translation>
        </message>
        <message>
            <source>Smooth selection</source>
            <translation>平滑选区</translation>
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
            <source>Reselect</source>
            <translation>重新选择</translation>
        </message>
        <message>
            <source>Invert selection</source>
            <translation>反选</translation>
        </message>
        <message>
            <source>Select layer's pixels</source>
            <translation>选择图层像素</translation>
        </message>
        <message>
            <source>Select layer mask</source>
            <translation>选择图层蒙版</translation>
        </message>
        <message>
            <source>Select channel</source>
            <translation>选择通道</translation>
        </message>
        <message>
            <source>Save selection</source>
            <translation>存储选区</translation>
        </message>
        <message>
            <source>Load selection</source>
            <translation>载入选区</translation>
        </message>
        <message>
            <source>Rename saved selection</source>
            <translation>重命名已存选区</translation>
        </message>
        <message>
            <source>Delete saved selection</source>
            <translation>删除已存选区</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>清除</translation>
        </message>
        <message>
            <source>Fill selection</source>
            <translation>填充选区</translation>
        </message>
        <message>
            <source>Move selection</source>
            <translation>移动选区</translation>
        </message>
        <message>
            <source>Move</source>
            <translation>移动</translation>
        </message>
        <message>
            <source>Move pixels</source>
            <translation>移动像素</translation>
        </message>
        <message>
            <source>Move a copy</source>
            <translation>移动副本</translation>
        </message>
        <message>
            <source>Paint</source>
            <translation>绘画</translation>
        </message>
        <message>
            <source>Erase</source>
            <translation>擦除</translation>
        </message>
        <message>
            <source>Smudge</source>
            <translation>涂抹</translation>
        </message>
        <message>
            <source>Blur brush</source>
            <translation>模糊画笔</translation>
        </message>
        <message>
            <source>Clone</source>
            <translation>仿制图章</translation>
        </message>
        <message>
            <source>Repeating picture</source>
            <translation>无缝重复</translation>
        </message>
        <message>
            <source>Add reference</source>
            <translation>添加参考图</translation>
        </message>
        <message>
            <source>Move reference</source>
            <translation>移动参考图</translation>
        </message>
        <message>
            <source>Change reference</source>
            <translation>更改参考图</translation>
        </message>
        <message>
            <source>Remove reference</source>
            <translation>移除参考图</translation>
        </message>
        <message>
            <source>Cut</source>
            <translation>剪切</translation>
        </message>
        <message>
            <source>Paste</source>
            <translation>粘贴</translation>
        </message>
        <message>
            <source>Paste into selection</source>
            <translation>粘贴到选区</translation>
        </message>
        <message>
            <source>Assign colour space</source>
            <translation>指定色彩空间</translation>
        </message>
        <message>
            <source>Convert colour space</source>
            <translation>转换色彩空间</translation>
        </message>
        <message>
            <source>New fill layer</source>
            <translation>新建填充图层</translation>
        </message>
        <message>
            <source>Fill layer</source>
            <translation>填充图层</translation>
        </message>
        <message>
            <source>Values, not colours</source>
            <translation>数值而非颜色</translation>
        </message>
        <message>
            <source>Reference for fills</source>
            <translation>填充参照</translation>
        </message>
        <message>
            <source>Guide</source>
            <translation>参考线</translation>
        </message>
        <message>
            <source>Guides</source>
            <translation>参考线</translation>
        </message>
        <message>
            <source>Grid</source>
            <translation>网格</translation>
        </message>
        <message>
            <source>Assistant</source>
            <translation>辅助尺</translation>
        </message>
        <message>
            <source>Image size</source>
            <translation>图像大小</translation>
        </message>
        <message>
            <source>Canvas size</source>
            <translation>画布大小</translation>
        </message>
        <message>
            <source>Rotate picture</source>
            <translation>旋转画布</translation>
        </message>
        <message>
            <source>Flip picture</source>
            <translation>翻转画布</translation>
        </message>
        <message>
            <source>Trim</source>
            <translation>裁切到内容</translation>
        </message>
        <message>
            <source>Reveal all</source>
            <translation>显示全部</translation>
        </message>
        <message>
            <source>Rotate layer</source>
            <translation>旋转图层</translation>
        </message>
        <message>
            <source>Flip layer</source>
            <translation>翻转图层</translation>
        </message>
        <message>
            <source>Trim layer</source>
            <translation>裁切图层</translation>
        </message>
        <message>
            <source>Apply transform</source>
            <translation>应用变换</translation>
        </message>
        <message>
            <source>Align</source>
            <translation>对齐</translation>
        </message>
        <message>
            <source>Distribute</source>
            <translation>分布</translation>
        </message>
        <message>
            <source>Resolution</source>
            <translation>分辨率</translation>
        </message>
        <message>
            <source>Crop</source>
            <translation>裁剪</translation>
        </message>
        <message>
            <source>Reset transform</source>
            <translation>重置变换</translation>
        </message>
        <message>
            <source>Layer effects</source>
            <translation>图层效果</translation>
        </message>
        <message>
            <source>Invert layer mask</source>
            <translation>反相图层蒙版</translation>
        </message>
        <message>
            <source>Mask from selection</source>
            <translation>由选区建立蒙版</translation>
        </message>
        <message>
            <source>Delete layer mask</source>
            <translation>删除图层蒙版</translation>
        </message>
        <message>
            <source>Disable or enable layer mask</source>
            <translation>停用或启用图层蒙版</translation>
        </message>
        <message>
            <source>Straighten</source>
            <translation>拉直</translation>
        </message>
        <message>
            <source>Copy selection to new layer</source>
            <translation>通过拷贝新建图层</translation>
        </message>
        <message>
            <source>Cut selection to new layer</source>
            <translation>通过剪切新建图层</translation>
        </message>
        <message>
            <source>Merge layers</source>
            <translation>合并图层</translation>
        </message>
        <message>
            <source>Merge visible</source>
            <translation>合并可见图层</translation>
        </message>
        <message>
            <source>Stamp visible</source>
            <translation>盖印可见图层</translation>
        </message>
        <message>
            <source>Flatten image</source>
            <translation>拼合图像</translation>
        </message>
        <message>
            <source>Split detail and colour</source>
            <translation>分离细节与颜色</translation>
        </message>
        <message>
            <source>New dodge and burn layer</source>
            <translation>新建减淡加深图层</translation>
        </message>
        <message>
            <source>Apply layer mask</source>
            <translation>应用图层蒙版</translation>
        </message>
        <message>
            <source>Quick select</source>
            <translation>快速选择</translation>
        </message>
        <message>
            <source>Rasterise layer</source>
            <translation>栅格化图层</translation>
        </message>
        <message>
            <source>Text to shape</source>
            <translation>文字转为形状</translation>
        </message>
        <message>
            <source>Fill</source>
            <translation>填充</translation>
        </message>
        <message>
            <source>Gradient</source>
            <translation>渐变</translation>
        </message>
        <message>
            <source>Lasso</source>
            <translation>套索</translation>
        </message>
        <message>
            <source>Polygon lasso</source>
            <translation>多边形套索</translation>
        </message>
        <message>
            <source>Magnetic lasso</source>
            <translation>磁性套索</translation>
        </message>
        <message>
            <source>Lasso fill</source>
            <translation>套索填充</translation>
        </message>
        <message>
            <source>Select rectangle</source>
            <translation>矩形选择</translation>
        </message>
        <message>
            <source>Select ellipse</source>
            <translation>椭圆选择</translation>
        </message>
        <message>
            <source>Straighten page</source>
            <translation>拉正纸张</translation>
        </message>
        <message>
            <source>Path</source>
            <translation>路径</translation>
        </message>
        <message>
            <source>Rectangle</source>
            <translation>矩形</translation>
        </message>
        <message>
            <source>Ellipse</source>
            <translation>椭圆</translation>
        </message>
        <message>
            <source>Polygon</source>
            <translation>多边形</translation>
        </message>
        <message>
            <source>Line</source>
            <translation>直线</translation>
        </message>
        <message>
            <source>Delete text</source>
            <translation>删除文字</translation>
        </message>
        <message>
            <source>Text</source>
            <translation>文字</translation>
        </message>
        <message>
            <source>Edit text</source>
            <translation>编辑文字</translation>
        </message>
        <message>
            <source>Dodge</source>
            <translation>减淡</translation>
        </message>
        <message>
            <source>Burn</source>
            <translation>加深</translation>
        </message>
        <message>
            <source>Sponge</source>
            <translation>海绵</translation>
        </message>
        <message>
            <source>Transform</source>
            <translation>变换</translation>
        </message>
        <message>
            <source>Transform selection</source>
            <translation>变换选区</translation>
        </message>
        <message>
            <source>Insert picture</source>
            <translation>插入图像</translation>
        </message>
        <message>
            <source>Place results</source>
            <translation>置入结果</translation>
        </message>
        <message>
            <source>Sampler</source>
            <translation>取样点</translation>
        </message>
        <message>
            <source>Filters of a recipe</source>
            <translation>配方中的滤镜</translation>
        </message>
        <message>
            <source>Filter settings</source>
            <translation>滤镜设置</translation>
        </message>
        <message>
            <source>Blend pictures</source>
            <translation>图像融合</translation>
        </message>
        <message>
            <source>Blend into surroundings</source>
            <translation>融入周围环境</translation>
        </message>
        <message>
            <source>Fill from surroundings</source>
            <translation>内容识别填充</translation>
        </message>
        <message>
            <source>Remove background</source>
            <translation>移除背景</translation>
        </message>
        <message>
            <source>Make seamless</source>
            <translation>制作无缝贴图</translation>
        </message>
        <message>
            <source>Content-aware scale</source>
            <translation>内容识别缩放</translation>
        </message>
        <message>
            <source>Select scratches and dust</source>
            <translation>选择划痕和灰尘</translation>
        </message>
        <message>
            <source>Stitch</source>
            <translation>图像拼接</translation>
        </message>
        <message>
            <source>Blend panorama again</source>
            <translation>重新融合全景图</translation>
        </message>
        <message>
            <source>Heal</source>
            <translation>修复</translation>
        </message>
        <message>
            <source>Remove colour fringes</source>
            <translation>去除色差彩边</translation>
        </message>
        <message>
            <source>Straighten horizon</source>
            <translation>拉直地平线</translation>
        </message>
        <message>
            <source>Extract line art</source>
            <translation>提取线稿</translation>
        </message>
        <message>
            <source>Paper to transparent</source>
            <translation>纸色转为透明</translation>
        </message>
        <message>
            <source>Patch</source>
            <translation>修补</translation>
        </message>
        <message>
            <source>Feature map</source>
            <translation>特征图</translation>
        </message>
        <message>
            <source>Noise like this picture</source>
            <translation>仿此画面的噪声</translation>
        </message>
        <message>
            <source>This photo wins here</source>
            <translation>此处使用这张照片</translation>
        </message>
        <message>
            <source>Red eye</source>
            <translation>去红眼</translation>
        </message>
        <message>
            <source>Layer size</source>
            <translation>图层大小</translation>
        </message>
        <message>
            <source>Liquify</source>
            <translation>液化</translation>
        </message>
        <message>
            <source>Quilt texture</source>
            <translation>拼合纹理</translation>
        </message>
        <message>
            <source>Detail from a folder</source>
            <translation>从文件夹取细节</translation>
        </message>
        <message>
            <source>New layer of a folder</source>
            <translation>新建文件夹图层</translation>
        </message>
        <message>
            <source>Layer of a folder</source>
            <translation>文件夹图层</translation>
        </message>
        <message>
            <source>Find in model</source>
            <translation>在模型中寻找</translation>
        </message>
        <message>
            <source>Add detail</source>
            <translation>添加细节</translation>
        </message>
        <message>
            <source>Sample the map</source>
            <translation>在地图上取样</translation>
        </message>
        <message>
            <source>Take pictures from the map</source>
            <translation>从地图取用图片</translation>
        </message>
        <message>
            <source>Encode layer</source>
            <translation>编码图层</translation>
        </message>
        <message>
            <source>Mix layers in model</source>
            <translation>在模型中混合图层</translation>
        </message>
        <message>
            <source>Select outliers</source>
            <translation>选择异常处</translation>
        </message>
        <message>
            <source>Outliers as mask</source>
            <translation>异常处作为蒙版</translation>
        </message>
        <message>
            <source>Mark what pleases</source>
            <translation>标记喜欢的画面</translation>
        </message>
        <message>
            <source>What pleases</source>
            <translation>合意的图片</translation>
        </message>
        <message>
            <source>Take a wall back</source>
            <translation>退回一组画面</translation>
        </message>
        <message>
            <source>Open latent</source>
            <translation>打开潜变量</translation>
        </message>
        <message>
            <source>Make this the start</source>
            <translation>设为起点</translation>
        </message>
        <message>
            <source>Surprise</source>
            <translation>随机试试</translation>
        </message>
        <message>
            <source>Walk</source>
            <translation>探索路线</translation>
        </message>
        <message>
            <source>Take layers of a variation</source>
            <translation>取用另一变体的一部分</translation>
        </message>
        <message>
            <source>Wall of nine</source>
            <translation>九宫格</translation>
        </message>
        <message>
            <source>Random walk</source>
            <translation>自动漫步</translation>
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
        <message>
            <source>Trying how fast “{name}” is learnt</source>
            <translation>正在试算“{name}”的训练速度</translation>
        </message>
        <message>
            <source>Measuring “{name}”</source>
            <translation>正在评估“{name}”</translation>
        </message>
        <message>
            <source>Copying</source>
            <translation>正在拷贝</translation>
        </message>
        <message>
            <source>Pasting</source>
            <translation>正在粘贴</translation>
        </message>
        <message>
            <source>Converting colours</source>
            <translation>正在转换颜色</translation>
        </message>
        <message>
            <source>Filling</source>
            <translation>正在填充</translation>
        </message>
        <message>
            <source>{edit}</source>
            <translation>{edit}</translation>
        </message>
        <message>
            <source>Inverting the mask</source>
            <translation>正在反相蒙版</translation>
        </message>
        <message>
            <source>Merging layers</source>
            <translation>正在合并图层</translation>
        </message>
        <message>
            <source>Splitting detail and colour</source>
            <translation>正在分离细节与颜色</translation>
        </message>
        <message>
            <source>Applying the mask</source>
            <translation>正在应用蒙版</translation>
        </message>
        <message>
            <source>Finding the picture's colours</source>
            <translation>正在提取图像颜色</translation>
        </message>
        <message>
            <source>Writing the video {file}</source>
            <translation>正在生成视频 {file}</translation>
        </message>
        <message>
            <source>Working on the selection</source>
            <translation>正在处理选区</translation>
        </message>
        <message>
            <source>Inserting {file}</source>
            <translation>正在插入 {file}</translation>
        </message>
        <message>
            <source>Batch: {folder}</source>
            <translation>批处理：{folder}</translation>
        </message>
        <message>
            <source>Stitching pictures</source>
            <translation>正在拼接图片</translation>
        </message>
        <message>
            <source>Blending the panorama</source>
            <translation>正在融合全景图</translation>
        </message>
        <message>
            <source>Photomosaic</source>
            <translation>照片马赛克</translation>
        </message>
        <message>
            <source>Collage</source>
            <translation>拼贴画</translation>
        </message>
        <message>
            <source>Looking at a folder</source>
            <translation>查看文件夹</translation>
        </message>
        <message>
            <source>Lighting a material</source>
            <translation>为材质打光</translation>
        </message>
        <message>
            <source>Opening photographs</source>
            <translation>正在打开照片</translation>
        </message>
        <message>
            <source>Looking through “{name}”</source>
            <translation>正在查看“{name}”</translation>
        </message>
        <message>
            <source>Measuring {name}</source>
            <translation>正在测量 {name}</translation>
        </message>
        <message>
            <source>Writing the loop {file}</source>
            <translation>正在写出循环动画 {file}</translation>
        </message>
        <message>
            <source>Learning the direction “{name}”</source>
            <translation>正在学习方向“{name}”</translation>
        </message>
        <message>
            <source>Finding directions of {model}</source>
            <translation>正在寻找“{model}”的方向</translation>
        </message>
        <message>
            <source>Making {file}</source>
            <translation>正在制作 {file}</translation>
        </message>
        <message>
            <source>Exporting the model {model}</source>
            <translation>正在导出模型 {model}</translation>
        </message>
        <message>
            <source>Teaching the classes of “{name}”</source>
            <translation>正在教“{name}”的类别</translation>
        </message>
        <message>
            <source>Looking for a picture in {model}</source>
            <translation>正在 {model} 中寻找图片</translation>
        </message>
        <message>
            <source>Looking at the layer</source>
            <translation>正在读取图层</translation>
        </message>
        <message>
            <source>Adding detail with {model}</source>
            <translation>正在用 {model} 添加细节</translation>
        </message>
        <message>
            <source>Learning detail for {model}</source>
            <translation>正在为 {model} 学习细节</translation>
        </message>
        <message>
            <source>Map of “{folder}”</source>
            <translation>“{folder}”的地图</translation>
        </message>
        <message>
            <source>Encoding with {model}</source>
            <translation>用 {model} 编码</translation>
        </message>
        <message>
            <source>Drawing digits to learn from</source>
            <translation>正在绘制供学习的数字</translation>
        </message>
        <message>
            <source>Writing the layers of “{title}” as masks</source>
            <translation>正在把“{title}”的图层写成蒙版</translation>
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
            <source>Line art</source>
            <translation>线稿</translation>
        </message>
        <message>
            <source>Paper</source>
            <translation>纸</translation>
        </message>
        <message>
            <source>Untitled</source>
            <translation>未命名</translation>
        </message>
        <message>
            <source>Text</source>
            <translation>文字</translation>
        </message>
        <message>
            <source>Pasted</source>
            <translation>粘贴</translation>
        </message>
        <message>
            <source>Clipboard</source>
            <translation>剪贴板</translation>
        </message>
        <message>
            <source>Colour fill</source>
            <translation>纯色填充</translation>
        </message>
        <message>
            <source>Gradient</source>
            <translation>渐变</translation>
        </message>
        <message>
            <source>Gaussian noise</source>
            <translation>高斯噪声</translation>
        </message>
        <message>
            <source>Uniform noise</source>
            <translation>均匀噪声</translation>
        </message>
        <message>
            <source>Noise like this picture</source>
            <translation>仿此画面的噪声</translation>
        </message>
        <message>
            <source>Perlin noise</source>
            <translation>柏林噪声</translation>
        </message>
        <message>
            <source>Simplex noise</source>
            <translation>单纯形噪声</translation>
        </message>
        <message>
            <source>Fractal noise</source>
            <translation>分形噪声</translation>
        </message>
        <message>
            <source>Turbulence</source>
            <translation>湍流</translation>
        </message>
        <message>
            <source>Ridged noise</source>
            <translation>脊状噪声</translation>
        </message>
        <message>
            <source>Warped noise</source>
            <translation>扭曲噪声</translation>
        </message>
        <message>
            <source>Curl noise</source>
            <translation>旋度噪声</translation>
        </message>
        <message>
            <source>Plasma</source>
            <translation>等离子</translation>
        </message>
        <message>
            <source>Worley noise</source>
            <translation>沃利噪声</translation>
        </message>
        <message>
            <source>Voronoi cells</source>
            <translation>泰森多边形</translation>
        </message>
        <message>
            <source>Blue noise</source>
            <translation>蓝噪声</translation>
        </message>
        <message>
            <source>Reaction and diffusion</source>
            <translation>反应扩散</translation>
        </message>
        <message>
            <source>Marble</source>
            <translation>大理石</translation>
        </message>
        <message>
            <source>Wood</source>
            <translation>木纹</translation>
        </message>
        <message>
            <source>Clouds</source>
            <translation>云彩</translation>
        </message>
        <message>
            <source>Mountains and water</source>
            <translation>山水</translation>
        </message>
        <message>
            <source>Plant</source>
            <translation>植物</translation>
        </message>
        <message>
            <source>Flow lines</source>
            <translation>流线</translation>
        </message>
        <message>
            <source>Fractal</source>
            <translation>分形</translation>
        </message>
        <message>
            <source>Self-similar figure</source>
            <translation>自相似图形</translation>
        </message>
        <message>
            <source>Fill</source>
            <translation>填充</translation>
        </message>
        <message>
            <source>Stamp</source>
            <translation>盖印</translation>
        </message>
        <message>
            <source>Colour</source>
            <translation>颜色</translation>
        </message>
        <message>
            <source>Detail</source>
            <translation>细节</translation>
        </message>
        <message>
            <source>Dodge and burn</source>
            <translation>减淡加深</translation>
        </message>
        <message>
            <source>Selection</source>
            <translation>选区</translation>
        </message>
        <message>
            <source>Page</source>
            <translation>纸张</translation>
        </message>
        <message>
            <source>Path</source>
            <translation>路径</translation>
        </message>
        <message>
            <source>Rectangle</source>
            <translation>矩形</translation>
        </message>
        <message>
            <source>Ellipse</source>
            <translation>椭圆</translation>
        </message>
        <message>
            <source>Polygon</source>
            <translation>多边形</translation>
        </message>
        <message>
            <source>Line</source>
            <translation>直线</translation>
        </message>
        <message>
            <source>{name}, part</source>
            <translation>{name}局部</translation>
        </message>
        <message>
            <source>Panorama</source>
            <translation>全景图</translation>
        </message>
        <message>
            <source>Sources</source>
            <translation>源图片</translation>
        </message>
        <message>
            <source>Blended</source>
            <translation>融合结果</translation>
        </message>
        <message>
            <source>Feature map</source>
            <translation>特征图</translation>
        </message>
        <message>
            <source>Photomosaic</source>
            <translation>照片马赛克</translation>
        </message>
        <message>
            <source>Collage</source>
            <translation>拼贴画</translation>
        </message>
    </context>
    <context>
        <name>measurements</name>
        <message>
            <source>they rest on other networks: “{one}” and “{other}”</source>
            <translation>所用网络不同：“{one}”与“{other}”</translation>
        </message>
        <message>
            <source>the networks have other weights: SHA-256 {one}… and {other}…</source>
            <translation>网络权重不同：SHA-256 {one}… 与 {other}…</translation>
        </message>
        <message>
            <source>{one} and {other} made pictures were measured</source>
            <translation>测量的生成图片数不同：{one} 与 {other}</translation>
        </message>
        <message>
            <source>{one} and {other} real pictures stood beside</source>
            <translation>对照的真实图片数不同：{one} 与 {other}</translation>
        </message>
        <message>
            <source>they were measured at {one} and {other} px</source>
            <translation>测量尺寸不同：{one} 与 {other} px</translation>
        </message>
        <message>
            <source>pictures came to their size otherwise: “{one}” and “{other}”</source>
            <translation>图片缩放方式不同：“{one}”与“{other}”</translation>
        </message>
        <message>
            <source>other real pictures stood beside</source>
            <translation>对照的真实图片不同</translation>
        </message>
        <message>
            <source>one of them does not say on what it rests; measure it again</source>
            <translation>其中一次没有说明测量基础；请重新测量</translation>
        </message>
        <message>
            <source>{file} is no measurement ({reason}); write one with “danqing evaluate … --json FILE”</source>
            <translation>{file} 不是测量结果（{reason}）；请用 “danqing evaluate … --json FILE” 写出</translation>
        </message>
        <message>
            <source>Fréchet distance</source>
            <translation>Fréchet 距离</translation>
        </message>
        <message>
            <source>Kernel distance</source>
            <translation>核距离</translation>
        </message>
        <message>
            <source>Variety</source>
            <translation>多样性</translation>
        </message>
        <message>
            <source>Like the real ones</source>
            <translation>像真实图片</translation>
        </message>
        <message>
            <source>Real ones covered</source>
            <translation>覆盖真实图片</translation>
        </message>
        <message>
            <source>Density</source>
            <translation>密度</translation>
        </message>
        <message>
            <source>Coverage</source>
            <translation>覆盖率</translation>
        </message>
        <message>
            <source>Sharpness</source>
            <translation>锐度</translation>
        </message>
        <message>
            <source>Nearly copies</source>
            <translation>近似雷同</translation>
        </message>
        <message>
            <source>Copies</source>
            <translation>雷同</translation>
        </message>
        <message>
            <source>Kernel distance, VGG</source>
            <translation>核距离，VGG</translation>
        </message>
        <message>
            <source>Like the real ones, VGG</source>
            <translation>像真实图片，VGG</translation>
        </message>
        <message>
            <source>Real ones covered, VGG</source>
            <translation>覆盖真实图片，VGG</translation>
        </message>
        <message>
            <source>Density, VGG</source>
            <translation>密度，VGG</translation>
        </message>
        <message>
            <source>Coverage, VGG</source>
            <translation>覆盖率，VGG</translation>
        </message>
        <message>
            <source>Inception score</source>
            <translation>Inception 分数</translation>
        </message>
        <message>
            <source>brightness</source>
            <translation>亮度</translation>
        </message>
        <message>
            <source>contrast</source>
            <translation>对比度</translation>
        </message>
        <message>
            <source>colourfulness</source>
            <translation>鲜艳度</translation>
        </message>
        <message>
            <source>warmth</source>
            <translation>冷暖</translation>
        </message>
        <message>
            <source>fine detail</source>
            <translation>细节</translation>
        </message>
        <message>
            <source>class {name}</source>
            <translation>类别 {name}</translation>
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
            <source>New adjustment layer</source>
            <translation>新建调整图层</translation>
        </message>
        <message>
            <source>New filter layer</source>
            <translation>新建滤镜图层</translation>
        </message>
        <message>
            <source>Layer mask</source>
            <translation>图层蒙版</translation>
        </message>
        <message>
            <source>Effects</source>
            <translation>效果</translation>
        </message>
        <message>
            <source>Lock and label</source>
            <translation>锁定与标签</translation>
        </message>
        <message>
            <source>Brush</source>
            <translation>画笔</translation>
        </message>
        <message>
            <source>Assign colour space</source>
            <translation>指定色彩空间</translation>
        </message>
        <message>
            <source>Convert to colour space</source>
            <translation>转换为色彩空间</translation>
        </message>
        <message>
            <source>New layer by rule</source>
            <translation>按规则新建图层</translation>
        </message>
        <message>
            <source>New fill layer</source>
            <translation>新建填充图层</translation>
        </message>
        <message>
            <source>Rotate</source>
            <translation>旋转</translation>
        </message>
        <message>
            <source>New layer</source>
            <translation>新建图层</translation>
        </message>
        <message>
            <source>Contents</source>
            <translation>图层内容</translation>
        </message>
        <message>
            <source>Merge</source>
            <translation>合并图层</translation>
        </message>
        <message>
            <source>Arrange</source>
            <translation>排列</translation>
        </message>
        <message>
            <source>Transform</source>
            <translation>变换</translation>
        </message>
        <message>
            <source>Align</source>
            <translation>对齐与分布</translation>
        </message>
        <message>
            <source>From</source>
            <translation>来自</translation>
        </message>
        <message>
            <source>By tone</source>
            <translation>按明暗</translation>
        </message>
        <message>
            <source>Symmetry</source>
            <translation>对称</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>显示</translation>
        </message>
        <message>
            <source>Snap to</source>
            <translation>对齐到</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>颜色</translation>
        </message>
        <message>
            <source>Rotate view</source>
            <translation>旋转视图</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>缩放</translation>
        </message>
        <message>
            <source>Guides</source>
            <translation>参考线</translation>
        </message>
        <message>
            <source>Assistants</source>
            <translation>辅助尺</translation>
        </message>
        <message>
            <source>Surround</source>
            <translation>图像周围</translation>
        </message>
        <message>
            <source>Panels</source>
            <translation>面板</translation>
        </message>
        <message>
            <source>Fill and filter layers</source>
            <translation>填充与滤镜图层</translation>
        </message>
        <message>
            <source>Rotate and flip</source>
            <translation>旋转与翻转</translation>
        </message>
        <message>
            <source>Guides and assistants</source>
            <translation>参考线与辅助尺</translation>
        </message>
        <message>
            <source>Brush opacity</source>
            <translation>画笔不透明度</translation>
        </message>
        <message>
            <source>Brush flow</source>
            <translation>画笔流量</translation>
        </message>
        <message>
            <source>Painting tools</source>
            <translation>绘画工具</translation>
        </message>
        <message>
            <source>Other tools</source>
            <translation>其他工具</translation>
        </message>
        <message>
            <source>Tone</source>
            <translation>色调</translation>
        </message>
        <message>
            <source>Colour</source>
            <translation>颜色</translation>
        </message>
        <message>
            <source>Blur</source>
            <translation>模糊</translation>
        </message>
        <message>
            <source>Sharpen</source>
            <translation>锐化</translation>
        </message>
        <message>
            <source>Noise</source>
            <translation>噪点</translation>
        </message>
        <message>
            <source>Denoise</source>
            <translation>降噪</translation>
        </message>
        <message>
            <source>Edges</source>
            <translation>边缘</translation>
        </message>
        <message>
            <source>Distort</source>
            <translation>扭曲</translation>
        </message>
        <message>
            <source>Stylise</source>
            <translation>风格化</translation>
        </message>
        <message>
            <source>Repair</source>
            <translation>修复</translation>
        </message>
        <message>
            <source>Blend pictures</source>
            <translation>图像融合</translation>
        </message>
        <message>
            <source>Explore the model</source>
            <translation>探索模型</translation>
        </message>
        <message>
            <source>Judge and compare</source>
            <translation>评判与比较</translation>
        </message>
    </context>
    <context>
        <name>notices</name>
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
            <source>The journal cannot be written: {reason} Make room on the disk or save the picture elsewhere.</source>
            <translation>无法写入日志：{reason}请腾出磁盘空间，或把图片保存到别处。</translation>
        </message>
        <message>
            <source>{reason}</source>
            <translation>{reason}</translation>
        </message>
        <message>
            <source>{file} stays at half its size, because opening was stopped. Open it again for all of its pixels.</source>
            <translation>{file} 保持一半大小，因为打开已停止。再次打开即可得到全部像素。</translation>
        </message>
        <message>
            <source>{file} stays at half its size, for the rest could not be read: {reason}</source>
            <translation>{file} 保持一半大小，其余部分无法读取：{reason}</translation>
        </message>
        <message>
            <source>{file} is damaged. It is shown as it was before its last steps: {steps}.</source>
            <translation>{file} 已损坏。显示的是最后 {steps} 步之前的样子。</translation>
        </message>
        <message>
            <source>{file} is damaged. What of it could be read is open; save it under another name.</source>
            <translation>{file} 已损坏。能读出的部分已打开；请用另一个名字保存。</translation>
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
            <source>{count} generated pictures wait: the layer they belong to is gone.</source>
            <translation>{count} 张生成的图片正在等待：它们所属的图层已不在了。</translation>
        </message>
        <message>
            <source>A generated picture waits: the layer it belongs to is gone.</source>
            <translation>一张生成的图片正在等待：它所属的图层已不在了。</translation>
        </message>
        <message>
            <source>This result can no longer be read from the journal.</source>
            <translation>无法再从日志中读取此结果。</translation>
        </message>
        <message>
            <source>Nothing was generated: {reason}</source>
            <translation>没有生成图片：{reason}</translation>
        </message>
        <message>
            <source>“{title}” was closed while pictures formed. Made, and kept in its results: {done} of {count}.</source>
            <translation>生成尚未完成时关闭了“{title}”。{count} 张中已完成 {done} 张，保留在它的结果中。</translation>
        </message>
        <message>
            <source>Pictures that are there and stay: {done} of {count}. {reason}</source>
            <translation>{count} 张中已有 {done} 张，会保留。{reason}</translation>
        </message>
        <message>
            <source>The picture could not follow the slider: {reason}</source>
            <translation>画面没能跟上滑块：{reason}</translation>
        </message>
        <message>
            <source>The model's directions could not be found: {reason}</source>
            <translation>未能找到模型的方向：{reason}</translation>
        </message>
        <message>
            <source>No direction changes the pictures of “{model}” visibly. Let it learn longer, then look again.</source>
            <translation>没有方向会明显改变“{model}”的图片。让它再训练一段时间，然后重新寻找。</translation>
        </message>
        <message>
            <source>The model could not be measured: {reason}</source>
            <translation>无法评估该模型：{reason}</translation>
        </message>
        <message>
            <source>That folder of test pictures is not used. {reason}</source>
            <translation>未使用该测试图片文件夹。{reason}</translation>
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
            <source>Still computing as before: {reason}</source>
            <translation>计算设备未变：{reason}</translation>
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
            <source>Training stopped: {reason}</source>
            <translation>训练已停止：{reason}</translation>
        </message>
        <message>
            <source>{model} is in {file}: weights, sliders, recipe, licence and preview, to give away.</source>
            <translation>{model} 已存入 {file}：权重、滑块、配方、许可和预览都在其中，可以送人。</translation>
        </message>
        <message>
            <source>The model {model} was not exported: {reason}</source>
            <translation>模型 {model} 未能导出：{reason}</translation>
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
            <source>Its numbers ran away: it learns too fast.</source>
            <translation>数值失控：学得太快。</translation>
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
        <message>
            <source>{file} was not put on the reference board. {reason}</source>
            <translation>{file} 没有放到参考板上。{reason}</translation>
        </message>
        <message>
            <source>There is nothing to make a brush of: the place is empty or white. Paint something dark first.</source>
            <translation>这里没有可以做成画笔的内容：它是空的或全白。请先画一些深色的东西。</translation>
        </message>
        <message>
            <source>The brush “{title}” was made of the picture.</source>
            <translation>已用图像做成画笔“{title}”。</translation>
        </message>
        <message>
            <source>Brushes imported: {count}.</source>
            <translation>已导入 {count} 支画笔。</translation>
        </message>
        <message>
            <source>Imported the brush “{title}”.</source>
            <translation>已导入画笔“{title}”。</translation>
        </message>
        <message>
            <source>Brushes imported: {count}. Left out, because Danqing has nothing like it: {gaps}.</source>
            <translation>已导入 {count} 支画笔。丹青没有对应功能，已略去：{gaps}。</translation>
        </message>
        <message>
            <source>Imported the brush “{title}”. Left out, because Danqing has nothing like it: {gaps}.</source>
            <translation>已导入画笔“{title}”。丹青没有对应功能，已略去：{gaps}。</translation>
        </message>
        <message>
            <source>Brushes in “{file}” whose tips are not in the file were left out: {titles}.</source>
            <translation>“{file}” 中有些画笔的笔尖不在文件里，未导入：{titles}。</translation>
        </message>
        <message>
            <source>Brushes exported to {file}.</source>
            <translation>画笔已导出到 {file}。</translation>
        </message>
        <message>
            <source>Deleted the brush “{title}”.</source>
            <translation>已删除画笔“{title}”。</translation>
        </message>
        <message>
            <source>The brushes could not be kept: {reason}</source>
            <translation>画笔无法保存：{reason}</translation>
        </message>
        <message>
            <source>The palette was saved as {file}.</source>
            <translation>色板已保存为 {file}。</translation>
        </message>
        <message>
            <source>The palette was not loaded. {reason}</source>
            <translation>色板没有载入。{reason}</translation>
        </message>
        <message>
            <source>The palette was not saved. {reason}</source>
            <translation>色板没有保存。{reason}</translation>
        </message>
        <message>
            <source>The process video was written: {file}.</source>
            <translation>绘制过程视频已生成：{file}。</translation>
        </message>
        <message>
            <source>The process video was not written. {reason}</source>
            <translation>绘制过程视频没有生成。{reason}</translation>
        </message>
        <message>
            <source>Brushes now paint the selection: white adds, black takes away. Q ends it.</source>
            <translation>画笔现在绘制选区：白色添加，黑色减去。按 Q 结束。</translation>
        </message>
        <message>
            <source>Not on this machine: {fonts}. Texts in these fonts look as they were drawn until you edit them.</source>
            <translation>本机没有这些字体：{fonts}。用这些字体的文字在编辑之前保持原来的样子。</translation>
        </message>
        <message>
            <source>The font “{font}” is not on this machine; “{other}” stands in for it. The text keeps the name of its font.</source>
            <translation>本机没有字体“{font}”，暂用“{other}”代替。文字仍保留原来的字体名称。</translation>
        </message>
        <message>
            <source>A text holds at most {count} characters. Put the rest into another text.</source>
            <translation>一段文字最多 {count} 个字符。其余的请放到另一段文字中。</translation>
        </message>
        <message>
            <source>The text is as it was before. Redo brings what you typed again.</source>
            <translation>文字已变回原样。重做可以找回刚才输入的内容。</translation>
        </message>
        <message>
            <source>The colour profile {file} cannot be used: {reason}. Choose another ICC profile in the View menu.</source>
            <translation>无法使用颜色配置文件 {file}：{reason}。请在“视图”菜单中另选一个 ICC 配置文件。</translation>
        </message>
        <message>
            <source>The picture now repeats: strokes, fills and filters go on at the other edge. Image ▸ Repeats … ends it.</source>
            <translation>图像现在会无缝重复：笔画、填充和滤镜会在另一边继续。可在“图像”菜单的无缝重复中关闭。</translation>
        </message>
        <message>
            <source>of the screen</source>
            <translation>屏幕自带的</translation>
        </message>
        <message>
            <source>of the picture</source>
            <translation>图片自带的</translation>
        </message>
        <message>
            <source>Memory runs short: earlier steps are now read from the journal when you undo. Close other pictures or programs.</source>
            <translation>内存不足：撤销时，较早的步骤将从日志中读取。请关闭其他图片或程序。</translation>
        </message>
        <message>
            <source>The stroke lies outside the selection. Deselect to paint everywhere.</source>
            <translation>这一笔落在选区之外。取消选择后可在任意位置绘画。</translation>
        </message>
        <message>
            <source>This layer is empty: there is nothing on it to change. Choose another one in the Layers panel.</source>
            <translation>此图层是空的：没有可修改的内容。请在“图层”面板中另选一个。</translation>
        </message>
        <message>
            <source>Nothing was painted: the layer's transparent pixels are locked. Unlock them in the Layers panel to paint where it is empty.</source>
            <translation>什么也没有画上：此图层已锁定透明像素。在图层面板中解锁后，才能在空白处绘画。</translation>
        </message>
        <message>
            <source>The stroke is not seen: its layer is clipped to “{layer}”, which has nothing there.</source>
            <translation>看不到这一笔：它所在的图层剪贴到“{layer}”，而那里没有内容。</translation>
        </message>
        <message>
            <source>{file} was not inserted. {reason}</source>
            <translation>{file} 未能插入。{reason}</translation>
        </message>
        <message>
            <source>Only an address came along, and Danqing fetches nothing from the net. Choose “Copy image” there and paste it here.</source>
            <translation>拖来的只有一个网址，丹青不会从网上下载。请在那里选择“复制图像”，再粘贴到这里。</translation>
        </message>
        <message>
            <source>Only a paint layer has transparent pixels of its own to lock. Choose one, or lock everything.</source>
            <translation>只有绘画图层才有可锁定的透明像素。请选择绘画图层，或锁定全部。</translation>
        </message>
        <message>
            <source>Damaged picture</source>
            <translation>损坏的图片</translation>
        </message>
        <message>
            <source>The batch is done. {summary}</source>
            <translation>批处理已完成。{summary}</translation>
        </message>
        <message>
            <source>The batch did not do all pictures. {summary}</source>
            <translation>批处理未能完成所有图片。{summary}</translation>
        </message>
        <message>
            <source>No filter was applied yet. Choose one in the menu Filter.</source>
            <translation>还没有应用过滤镜。请在“滤镜”菜单中选择一个。</translation>
        </message>
        <message>
            <source>The preset was not kept. {reason}</source>
            <translation>预设未能保存。{reason}</translation>
        </message>
        <message>
            <source>The recipe was written: {file}.</source>
            <translation>配方已写入：{file}。</translation>
        </message>
        <message>
            <source>The recipe was not written. {reason}</source>
            <translation>配方未能写入。{reason}</translation>
        </message>
        <message>
            <source>The recipe was not opened. {reason}</source>
            <translation>配方未能打开。{reason}</translation>
        </message>
        <message>
            <source>Filter settings copied: {count}.</source>
            <translation>已复制 {count} 个滤镜的设置。</translation>
        </message>
        <message>
            <source>No filter settings were copied yet.</source>
            <translation>还没有复制滤镜设置。</translation>
        </message>
        <message>
            <source>There is no filter layer here that a recipe could keep.</source>
            <translation>这里没有可以存为配方的滤镜图层。</translation>
        </message>
        <message>
            <source>The panorama is there. Left out, because they overlap with no other picture: {names}.</source>
            <translation>全景图已完成。以下图片与其他图片没有重叠，未使用：{names}。</translation>
        </message>
        <message>
            <source>Nothing was stitched: {reason}</source>
            <translation>未能拼接：{reason}</translation>
        </message>
        <message>
            <source>The picture is there. Left out, because they could not be opened: {names}.</source>
            <translation>图片已完成。因无法打开而略去：{names}。</translation>
        </message>
        <message>
            <source>No picture was made: {reason}</source>
            <translation>没有生成图片：{reason}</translation>
        </message>
        <message>
            <source>Nothing was taken from {file}: {reason}</source>
            <translation>没有从 {file} 取到任何值：{reason}</translation>
        </message>
        <message>
            <source>Choose at least two layers to link: Ctrl+click them in the Layers panel.</source>
            <translation>请至少选择两个图层再链接：在图层面板中按住 Ctrl 点击。</translation>
        </message>
        <message>
            <source>None of these layers is linked.</source>
            <translation>这些图层都没有链接。</translation>
        </message>
        <message>
            <source>The loop was written: {file}.</source>
            <translation>循环动画已写出：{file}。</translation>
        </message>
        <message>
            <source>The loop was not written. {reason}</source>
            <translation>循环动画未写出。{reason}</translation>
        </message>
        <message>
            <source>Detail was taken from: {names}.</source>
            <translation>细节取自：{names}。</translation>
        </message>
        <message>
            <source>Detail was taken from: {names}. Left out, because they could not be opened: {broken}.</source>
            <translation>细节取自：{names}。因无法打开而略去：{broken}。</translation>
        </message>
        <message>
            <source>The selected part lies on a new layer above “{name}”, which stays as it is: its mask hides that part.</source>
            <translation>选中的部分现在位于 “{name}” 上方的新图层；原图层保持不变，由蒙版隐藏这一部分。</translation>
        </message>
        <message>
            <source>“{name}” is bent, so that the selected part of it lies on a new layer above, bent alike.</source>
            <translation>“{name}” 已变形，因此选中的部分位于上方的新图层，变形相同。</translation>
        </message>
        <message>
            <source>The selected parts of {count} layers that keep their own pixels lie on new layers above them.</source>
            <translation>有 {count} 个图层保留自身像素，其选中的部分位于各自上方的新图层。</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>图像</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>日期</translation>
        </message>
        <message>
            <source>From</source>
            <translation>开始</translation>
        </message>
        <message>
            <source>To</source>
            <translation>结束</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>步数</translation>
        </message>
        <message>
            <source>Seconds</source>
            <translation>秒数</translation>
        </message>
        <message>
            <source>Hours</source>
            <translation>小时数</translation>
        </message>
        <message>
            <source>Undone and earlier steps</source>
            <translation>已撤销和更早的步骤</translation>
        </message>
        <message>
            <source>Total</source>
            <translation>合计</translation>
        </message>
        <message>
            <source>The painting time was written: {file}.</source>
            <translation>作画时间已写入：{file}。</translation>
        </message>
        <message>
            <source>The painting time was not written. {reason}</source>
            <translation>作画时间未能写入。{reason}</translation>
        </message>
        <message>
            <source>The film was written: {file}.</source>
            <translation>动画已写入：{file}。</translation>
        </message>
        <message>
            <source>The film was not written. {reason}</source>
            <translation>动画没有写入。{reason}</translation>
        </message>
        <message>
            <source>These variations are themselves made of too many others: {count} together, {most} can be mixed.</source>
            <translation>这些变体本身已由太多图片混合而成：共 {count} 张，最多可混合 {most} 张。</translation>
        </message>
        <message>
            <source>These variations are of different states of a model that was learning; they cannot be mixed.</source>
            <translation>这些变体来自模型训练中的不同时刻，无法混合。</translation>
        </message>
        <message>
            <source>“{name}” is a slider of this model now.</source>
            <translation>“{name}”现在是此模型的滑块。</translation>
        </message>
        <message>
            <source>The layer keeps its pixels. {reason}</source>
            <translation>图层保留原有像素。{reason}</translation>
        </message>
        <message>
            <source>There is nothing to look for: the layer is empty here.</source>
            <translation>没有可寻找的内容：此处图层为空。</translation>
        </message>
        <message>
            <source>The picture was not found. {reason}</source>
            <translation>未找到图片。{reason}</translation>
        </message>
        <message>
            <source>{real} of {shown} pixels a side are drawn by the model; the rest is added detail.</source>
            <translation>边长 {shown} 像素中有 {real} 像素由模型绘制，其余为添加的细节。</translation>
        </message>
        <message>
            <source>{real} of {shown} pixels a side are drawn by the model; the rest is made larger, without detail.</source>
            <translation>边长 {shown} 像素中有 {real} 像素由模型绘制，其余只是放大，没有新的细节。</translation>
        </message>
        <message>
            <source>“{model}” has detail of its own now: Generate ▸ Add detail.</source>
            <translation>“{model}”已有自己的细节：生成 ▸ 添加细节。</translation>
        </message>
        <message>
            <source>No detail was learnt. {reason}</source>
            <translation>没有学到细节。{reason}</translation>
        </message>
        <message>
            <source>No detail was added. {reason}</source>
            <translation>没有添加细节。{reason}</translation>
        </message>
        <message>
            <source>The pictures were not made. {reason}</source>
            <translation>图片未生成。{reason}</translation>
        </message>
        <message>
            <source>The picture was not encoded. {reason}</source>
            <translation>图片未编码。{reason}</translation>
        </message>
        <message>
            <source>The latent was written: {file}.</source>
            <translation>潜变量已写入：{file}。</translation>
        </message>
        <message>
            <source>The latent was not written. {reason}</source>
            <translation>潜变量未写入。{reason}</translation>
        </message>
        <message>
            <source>The latent was not opened. {reason}</source>
            <translation>潜变量未打开。{reason}</translation>
        </message>
        <message>
            <source>The digits could not be laid into Danqing’s data folder. Make room on the disk, then open the lesson again.</source>
            <translation>数字未能放入丹青的数据文件夹。请腾出磁盘空间，再打开本课。</translation>
        </message>
        <message>
            <source>“{name}” is a slider of “{model}” now.</source>
            <translation>“{name}”现在是“{model}”的滑块。</translation>
        </message>
        <message>
            <source>The direction was not taken. {reason}</source>
            <translation>没有载入该方向。{reason}</translation>
        </message>
        <message>
            <source>“{title}” is in the set “{folder}”: the picture, and a mask with its name for each layer ({count}).</source>
            <translation>“{title}”已加入数据集“{folder}”：图片，以及每个图层一张带名称的蒙版（共 {count} 张）。</translation>
        </message>
        <message>
            <source>No layer of “{title}” covers anything, so no masks were written.</source>
            <translation>“{title}”没有任何图层有内容，因此没有写出蒙版。</translation>
        </message>
        <message>
            <source>“{folder}” holds a labelled set without masks. Choose another folder, or an empty one.</source>
            <translation>“{folder}”里是没有蒙版的数据集。请另选一个文件夹，或空文件夹。</translation>
        </message>
        <message>
            <source>The layers were not written as masks. {reason}</source>
            <translation>图层没有写成蒙版。{reason}</translation>
        </message>
    </context>
    <context>
        <name>palettes</name>
        <message>
            <source>My colours</source>
            <translation>我的颜色</translation>
        </message>
        <message>
            <source>Chinese pigments</source>
            <translation>国画颜料</translation>
        </message>
        <message>
            <source>Greys</source>
            <translation>灰阶</translation>
        </message>
        <message>
            <source>Hues</source>
            <translation>色相</translation>
        </message>
        <message>
            <source>Colours of {title}</source>
            <translation>{title} 的颜色</translation>
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
            <source>Brushes</source>
            <translation>画笔</translation>
        </message>
        <message>
            <source>Palettes</source>
            <translation>色板</translation>
        </message>
        <message>
            <source>Layers</source>
            <translation>图层</translation>
        </message>
        <message>
            <source>Reference board</source>
            <translation>参考板</translation>
        </message>
        <message>
            <source>Channels</source>
            <translation>通道</translation>
        </message>
        <message>
            <source>Info</source>
            <translation>信息</translation>
        </message>
        <message>
            <source>Histogram</source>
            <translation>直方图</translation>
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
            <source>Training pictures</source>
            <translation>训练图片</translation>
        </message>
        <message>
            <source>Jobs</source>
            <translation>任务</translation>
        </message>
        <message>
            <source>Navigator</source>
            <translation>导航器</translation>
        </message>
        <message>
            <source>Second view</source>
            <translation>第二视图</translation>
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
            <source>“{file}” is not a picture that Danqing can read. It reads PNG, JPEG, WebP, TIFF, BMP, GIF, RAW, OpenRaster and .danqing.</source>
            <translation>“{file}”不是丹青能读取的图片。可以读取 PNG、JPEG、WebP、TIFF、BMP、GIF、RAW、OpenRaster 和 .danqing。</translation>
        </message>
        <message>
            <source>“{file}”: its ending names no video format that Danqing writes. Use .mp4 or .webm.</source>
            <translation>“{file}”：扩展名不是丹青能写的视频格式。请用 .mp4 或 .webm。</translation>
        </message>
        <message>
            <source>“{file}”: its ending names nothing that plays. Use .webp, .apng, .gif, .mp4 or .webm, or .png for numbered files.</source>
            <translation>“{file}”的扩展名不是可播放的格式。请用 .webp、.apng、.gif、.mp4 或 .webm，或用 .png 写出编号文件。</translation>
        </message>
        <message>
            <source>“{file}”: its ending names no palette format. Use .gpl, .ase or .aco.</source>
            <translation>“{file}”：扩展名不是色板格式。请用 .gpl、.ase 或 .aco。</translation>
        </message>
        <message>
            <source>“{file}” is no palette that Danqing can read. It reads GIMP (.gpl), Adobe (.ase) and Photoshop (.aco) palettes.</source>
            <translation>“{file}”不是丹青能读取的色板。可以读取 GIMP（.gpl）、Adobe（.ase）和 Photoshop（.aco）色板。</translation>
        </message>
        <message>
            <source>“{file}” has more than {limit} colours. Split it in the program it comes from.</source>
            <translation>“{file}”的颜色超过 {limit} 种。请在原来的程序里把它拆分。</translation>
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
            <source>“{file}” has {width} × {height} pixels and needs about {memory} GiB of memory; {left} GiB are free. Close other pictures and programs, or save it as a PNG without interlacing, which needs less.</source>
            <translation>“{file}”有 {width} × {height} 像素，约需 {memory} GiB 内存，现有 {left} GiB 可用。请关闭其他图片和程序，或将其另存为不隔行的 PNG，所需内存更少。</translation>
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
            <source>“{file}” was changed by another program since it was opened here. Use Save as: under its own name you replace it, under another one you keep both.</source>
            <translation>“{file}” 打开之后被别的程序改过。请用“另存为”：用原来的名字就替换它，换个名字则两份都留下。</translation>
        </message>
        <message>
            <source>{format} holds at most {limit} pixels a side; “{file}” was not written. Choose PNG or TIFF.</source>
            <translation>{format} 每边最多 {limit} 像素；“{file}”没有写入。请选择 PNG 或 TIFF。</translation>
        </message>
        <message>
            <source>“{file}” was not written: its folder is not there. Make the folder, or choose another place.</source>
            <translation>“{file}”未能写入：它的文件夹不存在。请先建立文件夹，或另选位置。</translation>
        </message>
        <message>
            <source>“{file}” was not written: its name is too long for this disk. Choose a shorter one.</source>
            <translation>“{file}”未能写入：文件名对这个磁盘来说太长。请换一个短一些的名字。</translation>
        </message>
        <message>
            <source>“{file}”: its ending names no format that Danqing writes. Use .png, .jpg, .tif, .webp or .ora.</source>
            <translation>“{file}”的扩展名不是丹青能写入的格式。请使用 .png、.jpg、.tif、.webp 或 .ora。</translation>
        </message>
        <message>
            <source>“{file}” is no colour profile that Danqing can read. Choose an ICC file (.icc or .icm).</source>
            <translation>“{file}”不是丹青能读取的颜色配置文件。请选择 ICC 文件（.icc 或 .icm）。</translation>
        </message>
        <message>
            <source>“{file}” is a profile for {space} colours, and exported pictures are RGB. Choose an RGB profile.</source>
            <translation>“{file}”是 {space} 颜色的配置文件，而导出的图片是 RGB。请选择 RGB 配置文件。</translation>
        </message>
        <message>
            <source>Colours can be read by “{file}”, but not converted into it. Choose the profile of a screen, a printer or a colour space.</source>
            <translation>“{file}”只能用来读取颜色，不能转换到其中。请选择屏幕、打印机或色彩空间的配置文件。</translation>
        </message>
        <message>
            <source>“{file}” is larger than 16 MiB, which no picture can carry. Choose another profile.</source>
            <translation>“{file}”大于 16 MiB，图片无法嵌入。请选择其他配置文件。</translation>
        </message>
        <message>
            <source>Colours could not be converted with the profile “{file}”; nothing was written. Keep the picture's profile, or choose another.</source>
            <translation>无法用配置文件“{file}”转换颜色；未写入任何内容。请保留图片的配置文件，或选择其他配置文件。</translation>
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
            <source>“{file}” is no latent that Danqing wrote. Choose a file that ends in .danqing-latent.</source>
            <translation>“{file}”不是丹青写入的潜变量文件。请选择扩展名为 .danqing-latent 的文件。</translation>
        </message>
        <message>
            <source>“{file}” was written by a newer Danqing (version {version}). Install that version to open it.</source>
            <translation>“{file}”由更新版本的丹青写入（版本 {version}）。请安装该版本后打开。</translation>
        </message>
        <message>
            <source>“{file}” was made with another model or another state of it: “{model}”, {digest}. Its numbers mean nothing here; import that model first.</source>
            <translation>“{file}”出自另一个模型或其另一状态：“{model}”，{digest}。其中的数值在此没有意义；请先导入该模型。</translation>
        </message>
        <message>
            <source>“{file}” is no direction that Danqing wrote. Choose a file that ends in .danqing-direction.</source>
            <translation>“{file}”不是丹青写的方向。请选择以 .danqing-direction 结尾的文件。</translation>
        </message>
        <message>
            <source>“{file}” was taught to another model or another state of it: “{model}”, {digest}. Its numbers mean nothing here; import that model, or teach the direction again.</source>
            <translation>“{file}”教给的是另一个模型或其另一状态：“{model}”，{digest}。其中的数字在这里没有意义；请导入该模型，或重新教一次该方向。</translation>
        </message>
        <message>
            <source>“{file}” holds no marks that Danqing wrote. Choose a file that ends in .danqing-taste, or another name to begin anew.</source>
            <translation>“{file}”不是丹青写入的标记文件。请选择以 .danqing-taste 结尾的文件，或换一个名称重新开始。</translation>
        </message>
        <message>
            <source>The marks in “{file}” were made for another model or another state of it: “{model}”, {digest}. Begin anew under another name.</source>
            <translation>“{file}”中的标记属于另一个模型或其另一状态：“{model}”，{digest}。请换一个名称重新开始。</translation>
        </message>
        <message>
            <source>“{file}” is not a brush that Danqing can read. It reads .dqbrush, MyPaint's .myb, GIMP's .gbr and .gih, and Photoshop's .abr.</source>
            <translation>“{file}”不是丹青能读取的画笔。可以读取 .dqbrush、MyPaint 的 .myb、GIMP 的 .gbr 和 .gih，以及 Photoshop 的 .abr。</translation>
        </message>
        <message>
            <source>“{file}” is a brush file of version {reason}, which Danqing cannot read. Save it again from the program it came from, in an older version.</source>
            <translation>“{file}”是版本 {reason} 的画笔文件，丹青无法读取。请在原来的程序里用较旧的版本重新保存。</translation>
        </message>
        <message>
            <source>“{file}” holds more brush tips than Danqing takes at once. Split it into smaller sets first.</source>
            <translation>“{file}”里的笔尖太多，丹青无法一次读取。请先把它分成几个较小的文件。</translation>
        </message>
        <message>
            <source>“{file}” holds no brush that Danqing can use.</source>
            <translation>“{file}”里没有丹青能用的画笔。</translation>
        </message>
        <message>
            <source>“{file}” is no recipe of filters that Danqing can use ({reason}).</source>
            <translation>“{file}”不是丹青能使用的滤镜配方（{reason}）。</translation>
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
            <source>What the blur sees where the picture ends; repeated, the edge keeps its tone.</source>
            <translation>图片边缘之外参与模糊的内容；重复边缘时，边缘保持原有色调。</translation>
        </message>
        <message>
            <source>Replaces each pixel by the mean of its surroundings with weights w(d) = exp(−d² / 2σ²), d the distance and σ the sigma in pixels, cut off at 3σ; colours are weighted by their opacity. Beyond the edge of the picture its outermost pixels are repeated unless asked otherwise. Above σ = 8 it runs on the picture averaged to 1/2, 1/4 … of its size and is enlarged linearly (Burt and Adelson, 1983). Not the same across and down, the weights are exp(−x² / 2σ² − y² / 2τ²), τ the sigma down, and each direction is averaged for itself.</source>
            <translation>用周围像素的加权平均值替换每个像素，权重 w(d) = exp(−d² / 2σ²)，d 为距离，σ 为标准差（像素），在 3σ 处截断；颜色按不透明度加权。图片边缘之外默认重复最外侧的像素。σ 大于 8 时，先把图片平均缩小到 1/2、1/4 …，再线性放大（Burt 与 Adelson，1983）。横纵不同时，权重为 exp(−x² / 2σ² − y² / 2τ²)，τ 为纵向标准差，两个方向各自缩小。</translation>
        </message>
        <message>
            <source>Same across and down</source>
            <translation>横纵相同</translation>
        </message>
        <message>
            <source>Otherwise sigma is across, and down has its own.</source>
            <translation>否则标准差只用于横向，纵向另设。</translation>
        </message>
        <message>
            <source>Sigma down</source>
            <translation>纵向标准差</translation>
        </message>
        <message>
            <source>Gaussian blur</source>
            <translation>高斯模糊</translation>
        </message>
        <message>
            <source>The same seed gives the same grain.</source>
            <translation>相同的种子得到相同的颗粒。</translation>
        </message>
        <message>
            <source>soft</source>
            <translation>软</translation>
        </message>
        <message>
            <source>hard</source>
            <translation>硬</translation>
        </message>
        <message>
            <source>Noise</source>
            <translation>噪点</translation>
        </message>
        <message>
            <source>Standard deviation of the noise to be removed; 1 is the full range.</source>
            <translation>要去除的噪点的标准差；1 为全范围。</translation>
        </message>
        <message>
            <source>How different patches may be and still be mixed; about as much as the noise.</source>
            <translation>小块相差多大仍会混合；大约与噪点相同。</translation>
        </message>
        <message>
            <source>Patch radius</source>
            <translation>小块半径</translation>
        </message>
        <message>
            <source>Half the side of the patches that are compared.</source>
            <translation>相互比较的小块的边长的一半。</translation>
        </message>
        <message>
            <source>Search radius</source>
            <translation>搜索半径</translation>
        </message>
        <message>
            <source>How far away patches like it are looked for.</source>
            <translation>在多远的范围内寻找相似的小块。</translation>
        </message>
        <message>
            <source>Removed in light and dark: so many standard deviations of the noise.</source>
            <translation>在明暗中去除的程度：噪点标准差的倍数。</translation>
        </message>
        <message>
            <source>Removed in hue and chroma: so many standard deviations of the noise.</source>
            <translation>在色相与彩度中去除的程度：噪点标准差的倍数。</translation>
        </message>
        <message>
            <source>Scales</source>
            <translation>尺度数</translation>
        </message>
        <message>
            <source>How coarse grain may be that is removed: each one is twice as coarse.</source>
            <translation>可去除的颗粒有多粗：每个尺度粗一倍。</translation>
        </message>
        <message>
            <source>Shrinkage</source>
            <translation>收缩方式</translation>
        </message>
        <message>
            <source>Soft: all detail gets weaker, smoothly. Hard: strong detail stays as it is, weak detail goes.</source>
            <translation>软：所有细节都平滑地减弱。硬：强的细节保持原样，弱的细节去掉。</translation>
        </message>
        <message>
            <source>More smooths more, down to flat patches; about the noise, 1 is the full range.</source>
            <translation>越大越平滑，直到成为平整的色块；大约等于噪点，1 为全范围。</translation>
        </message>
        <message>
            <source>Steps towards the result; more smooths wider areas and takes longer.</source>
            <translation>趋向结果的步数；越多，平滑的范围越大，耗时也越长。</translation>
        </message>
        <message>
            <source>Channels</source>
            <translation>通道</translation>
        </message>
        <message>
            <source>Shared: edges of all colours stay together. Per channel: each colour alone.</source>
            <translation>共用：各颜色的边缘保持一致。按通道：各颜色单独处理。</translation>
        </message>
        <message>
            <source>Non-local means</source>
            <translation>非局部均值</translation>
        </message>
        <message>
            <source>Replaces each encoded colour by the mean of the colours in a square around it with weights a · exp(−max(0, D − 2σ²) / h²): D the mean squared difference of the patches around both pixels over all three channels, weighted by exp(−2 d² / p²), d the distance from the patch's middle and p its radius; σ the noise, h the strength, a the opacity, which itself stays (Buades, Coll and Morel, A non-local algorithm for image denoising, 2005; σ as in Image Processing On Line 1, 2011). Beyond the edge of the picture its outermost pixels are repeated; what is no number counts as 0.</source>
            <translation>用周围正方形内颜色的平均值替换每个编码颜色，权重为 a · exp(−max(0, D − 2σ²) / h²)：D 为两个像素周围的小块在三个通道上的均方差，按 exp(−2 d² / p²) 加权，d 为到小块中心的距离，p 为其半径；σ 为噪点，h 为强度，a 为不透明度，其本身不变（Buades、Coll 与 Morel，A non-local algorithm for image denoising，2005；σ 同 Image Processing On Line 1，2011）。图片边缘之外重复最外侧的像素；非数值按 0 计。</translation>
        </message>
        <message>
            <source>Wavelet denoise</source>
            <translation>小波降噪</translation>
        </message>
        <message>
            <source>Takes the encoded colours apart into scales: c₀ the colour, c₍ⱼ₊₁₎ its mean with weights (1, 4, 6, 4, 1)/16 along both axes, 2^j pixels apart, and details d = c₍ⱼ₎ − c₍ⱼ₊₁₎, in the orthonormal channels (R + G + B)/√3, (R − B)/√2, (R − 2G + B)/√6; then adds them up again, d without its part up to t = k σ s (soft), or d where |d| &gt; t (hard): σ the noise, k the strength of lightness or colour, s = 0.8907, 0.2007, 0.0857, 0.0413, 0.0205, 0.0103 what the scale keeps of noise (Starck and Murtagh, Astronomical Image and Data Analysis, 2006; Donoho, De-noising by soft-thresholding, 1995). A neighbour of opacity a counts as a mix of its colour and, in the part 1 − a, of the pixel's own; opacity stays. Beyond the edge of the picture its outermost pixels are repeated; what is no number counts as 0.</source>
            <translation>把编码颜色分解为各个尺度：c₀ 为颜色，c₍ⱼ₊₁₎ 为其沿两轴、相隔 2^j 像素、权重 (1, 4, 6, 4, 1)/16 的平均值，细节 d = c₍ⱼ₎ − c₍ⱼ₊₁₎，使用正交归一的通道 (R + G + B)/√3、(R − B)/√2、(R − 2G + B)/√6；然后再相加，d 去掉不超过 t = k σ s 的部分（软），或只留 |d| &gt; t 的 d（硬）：σ 为噪点，k 为明度或颜色的强度，s = 0.8907、0.2007、0.0857、0.0413、0.0205、0.0103 为该尺度保留的噪点（Starck 与 Murtagh，Astronomical Image and Data Analysis，2006；Donoho，De-noising by soft-thresholding，1995）。不透明度为 a 的邻近像素按其颜色与（占 1 − a 的）该像素自身颜色的混合计；不透明度不变。图片边缘之外重复最外侧的像素；非数值按 0 计。</translation>
        </message>
        <message>
            <source>Total variation</source>
            <translation>全变分</translation>
        </message>
        <message>
            <source>Looks for the encoded colours u with the least Σ |∇u| + Σ (u − f)² / 2w, f the picture and w the weight (Rudin, Osher and Fatemi, 1992), by a given number of rounds u = f − div p, p ← (p − ∇u/4) / (1 + |∇u|/4w), p = 0 at first, ∇ the differences to the right and lower pixel and div p = p − p of the left, and of the upper, pixel (Chambolle, An algorithm for total variation minimization, 2004). |∇u| is that of all channels together, or of each; between a seen and a transparent pixel, and across the edge of the picture, ∇u is 0. Opacity stays; what is no number counts as 0.</source>
            <translation>求使 Σ |∇u| + Σ (u − f)² / 2w 最小的编码颜色 u，f 为图片，w 为平滑程度（Rudin、Osher 与 Fatemi，1992），按给定轮数计算 u = f − div p，p ← (p − ∇u/4) / (1 + |∇u|/4w)，起初 p = 0，∇ 为与右侧及下方像素之差，div p = p − 左侧及上方的 p（Chambolle，An algorithm for total variation minimization，2004）。|∇u| 为所有通道合计，或各通道单独；可见与透明像素之间以及图片边缘处 ∇u 为 0。不透明度不变；非数值按 0 计。</translation>
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
            <source>Sigma of red</source>
            <translation>红色标准差</translation>
        </message>
        <message>
            <source>Sigma of green</source>
            <translation>绿色标准差</translation>
        </message>
        <message>
            <source>Sigma of blue</source>
            <translation>蓝色标准差</translation>
        </message>
        <message>
            <source>Sigma of opacity</source>
            <translation>不透明度标准差</translation>
        </message>
        <message>
            <source>Amount of red</source>
            <translation>红色数量</translation>
        </message>
        <message>
            <source>Amount of green</source>
            <translation>绿色数量</translation>
        </message>
        <message>
            <source>Amount of blue</source>
            <translation>蓝色数量</translation>
        </message>
        <message>
            <source>Opacity amount</source>
            <translation>不透明度数量</translation>
        </message>
        <message>
            <source>Standard deviation as a share of each value: 0.1 is a tenth of it.</source>
            <translation>标准差占每个值的比例：0.1 即十分之一。</translation>
        </message>
        <message>
            <source>Share of the pixels that become white or black.</source>
            <translation>变为白或黑的像素占比。</translation>
        </message>
        <message>
            <source>Salt</source>
            <translation>盐</translation>
        </message>
        <message>
            <source>Share of white among the changed pixels.</source>
            <translation>被改变的像素中白色的占比。</translation>
        </message>
        <message>
            <source>Adds to each colour value a random number with density p(x) = exp(−(x − μ)² / 2σ²) / √(2πσ²), μ the mean and σ the sigma, both as fractions of the full range of the encoded colour; transparency stays. The numbers come from Philox-4x32-10 (Salmon et al., 2011) and the Box–Muller transform (1958), and depend only on seed, channel and pixel, not on the part of the picture that is shown. Luminance: all three values times max(0, V + n) / V, V the largest of them and n the number. Red, green and blue may have a σ each. Linear light: the same to the values of linear light (IEC 61966-2-1). Opacity α &gt; 0 becomes α + n, with a number and a σ of its own, cut to 0–1, under the same colour. At time t the normal numbers are n cos a + m sin a, n and m those of the whole steps around t, a = (3p² − 2p³) π / 2 of the part p of the step.</source>
            <translation>给每个颜色值加上一个随机数，密度 p(x) = exp(−(x − μ)² / 2σ²) / √(2πσ²)，μ 为均值，σ 为标准差，均以编码颜色全范围的比例表示；不透明度不变。随机数由 Philox-4x32-10（Salmon 等，2011）与 Box–Muller 变换（1958）产生，只取决于种子、通道和像素，与显示的部分无关。“亮度”方式：三个值同乘 max(0, V + n) / V，V 为其中最大者，n 为随机数。红、绿、蓝可各有自己的 σ。“线性光”：对线性光的值同样处理（IEC 61966-2-1）。不透明度 α &gt; 0 变为 α + n，随机数和 σ 另取，截到 0–1，颜色不变。时间为 t 时，正态数为 n cos a + m sin a，n、m 为 t 前后两个整步的数，a = (3p² − 2p³) π / 2，p 为步内的部分。</translation>
        </message>
        <message>
            <source>Adds to each colour value a random number that is equally likely anywhere between −a and a, density p(x) = 1 / 2a, a the amount as a fraction of the full range of the encoded colour; transparency stays. The numbers come from Philox-4x32-10 (Salmon et al., 2011) and depend only on seed, channel and pixel. Luminance: all three values times max(0, V + n) / V, V the largest of them and n the number. Red, green and blue may have an a each. Linear light: the same to the values of linear light (IEC 61966-2-1). Opacity α &gt; 0 becomes α + n, with a number and an a of its own, cut to 0–1, under the same colour. At time t each number goes, by the part 3p² − 2p³, p the part of the step, the shorter way from its place at the whole step before to that after, on a circle of length 2 that folded in half is 0–1.</source>
            <translation>给每个颜色值加上一个在 −a 到 a 之间均匀分布的随机数，密度 p(x) = 1 / 2a，a 为数量，以全范围的比例表示；不透明度不变。随机数由 Philox-4x32-10（Salmon 等，2011）产生，只取决于种子、通道和像素。“亮度”方式：三个值同乘 max(0, V + n) / V，V 为其中最大者，n 为随机数。红、绿、蓝可各有自己的 a。“线性光”：对线性光的值同样处理（IEC 61966-2-1）。不透明度 α &gt; 0 变为 α + n，随机数和 a 另取，截到 0–1，颜色不变。时间为 t 时，每个数在长度为 2、对折后为 0–1 的圆上，沿较短的一侧从前一整步的位置走向后一整步的位置，走过 3p² − 2p³，p 为步内的部分。</translation>
        </message>
        <message>
            <source>Multiplies each colour value by 1 + σz, so that bright places are noisier than dark ones, as in radar and ultrasound pictures (Jain, Fundamentals of Digital Image Processing, 1989): c' = c (1 + σz), z normal with mean 0 and standard deviation 1 from Philox-4x32-10 and Box–Muller, σ the sigma; transparency stays, and with shared channels so do hue and saturation; luminance: the same with max(0, 1 + σz). Red, green and blue may have a σ each. Linear light: the same to the values of linear light (IEC 61966-2-1). Opacity becomes α (1 + σz), with a z and a σ of its own, cut to 0–1, under the same colour. At time t the normal numbers are n cos a + m sin a, n and m those of the whole steps around t, a = (3p² − 2p³) π / 2 of the part p of the step.</source>
            <translation>把每个颜色值乘以 1 + σz，亮处比暗处噪点更强，如雷达与超声图像（Jain，《数字图像处理基础》，1989）：c' = c (1 + σz)，z 是由 Philox-4x32-10 与 Box–Muller 产生的均值 0、标准差 1 的正态随机数，σ 为标准差；不透明度不变，通道共用时色相与饱和度也不变。“亮度”方式：同样处理，但乘以 max(0, 1 + σz)。红、绿、蓝可各有自己的 σ。“线性光”：对线性光的值同样处理（IEC 61966-2-1）。不透明度变为 α (1 + σz)，z 和 σ 另取，截到 0–1，颜色不变。时间为 t 时，正态数为 n cos a + m sin a，n、m 为 t 前后两个整步的数，a = (3p² − 2p³) π / 2，p 为步内的部分。</translation>
        </message>
        <message>
            <source>Makes the share p of all pixels white or black (Gonzalez and Woods, Digital Image Processing, section 5.2): u uniform in 0–1 from Philox-4x32-10 for seed, channel and pixel, s the share of white among them; a value becomes 1 where u &lt; ps, 0 where u ≥ 1 − p (1 − s), and stays elsewhere; so does transparency. Luminance: one u for all, and white is c / V, V the largest of the three values, so that a colour shines, and black is black. At time t each number goes, by the part 3p² − 2p³, p the part of the step, the shorter way from its place at the whole step before to that after, on a circle of length 2 that folded in half is 0–1.</source>
            <translation>把占比 p 的像素变为白或黑（Gonzalez 与 Woods，《数字图像处理》，5.2 节）：u 是由 Philox-4x32-10 按种子、通道和像素产生的 0–1 均匀随机数，s 为其中白色的占比；u &lt; ps 时值变为 1，u ≥ 1 − p (1 − s) 时变为 0，其余不变；不透明度也不变。“亮度”方式：所有通道共用一个 u，白点变为 c / V，V 为三个值中最大者，颜色因此发亮；黑点为黑。时间为 t 时，每个数在长度为 2、对折后为 0–1 的圆上，沿较短的一侧从前一整步的位置走向后一整步的位置，走过 3p² − 2p³，p 为步内的部分。</translation>
        </message>
        <message>
            <source>horizontal</source>
            <translation>水平</translation>
        </message>
        <message>
            <source>vertical</source>
            <translation>垂直</translation>
        </message>
        <message>
            <source>Standard deviation where the strength below is 100 %; 1 is the full range.</source>
            <translation>下面的强度为 100 % 处的标准差；1 为全范围。</translation>
        </message>
        <message>
            <source>Width of a grain at half its height.</source>
            <translation>颗粒在半高处的宽度。</translation>
        </message>
        <message>
            <source>Strength of the grain in black.</source>
            <translation>黑色处的颗粒强度。</translation>
        </message>
        <message>
            <source>Strength of the grain in mid-grey.</source>
            <translation>中灰处的颗粒强度。</translation>
        </message>
        <message>
            <source>Strength of the grain in white.</source>
            <translation>白色处的颗粒强度。</translation>
        </message>
        <message>
            <source>Standard deviation; 1 is the full range from black to white.</source>
            <translation>标准差；1 为从黑到白的全范围。</translation>
        </message>
        <message>
            <source>Width of a stripe at half its height.</source>
            <translation>条纹在半高处的宽度。</translation>
        </message>
        <message>
            <source>How the stripes lie.</source>
            <translation>条纹的走向。</translation>
        </message>
        <message>
            <source>Adds n = σ · s(Y) · g, g normal numbers from Philox-4x32-10 and Box–Muller for seed, channel and pixel, convolved with a Gaussian whose width at half height is the size and divided by the square root of the sum of its squared weights, so that g has mean 0 and standard deviation 1; the strength s runs linearly over the luma Y = 0.2126 R + 0.7152 G + 0.0722 B of the encoded colour from shadows (Y = 0) to midtones (Y = ½) and highlights (Y = 1). Luminance multiplies all channels by max(0, V + n) / V, V the largest of them. Grain as filtered noise of a strength that depends on luma: AV1 film grain synthesis (Norkin and Birkbeck, DCC 2018). At time t the normal numbers are n cos a + m sin a, n and m those of the whole steps around t, a = (3p² − 2p³) π / 2 of the part p of the step.</source>
            <translation>加上 n = σ · s(Y) · g：g 是由 Philox-4x32-10 与 Box–Muller 按种子、通道和像素产生的正态随机数，与半高宽等于“大小”的高斯核卷积，再除以权重平方和的平方根，使 g 的均值为 0、标准差为 1；强度 s 随编码颜色的亮度 Y = 0.2126 R + 0.7152 G + 0.0722 B 从阴影（Y = 0）到中间调（Y = ½）再到高光（Y = 1）线性变化。“亮度”方式把三个通道同乘 max(0, V + n) / V，V 为其中最大者。以强度随亮度变化的滤波噪声表示颗粒：AV1 胶片颗粒合成（Norkin 与 Birkbeck，DCC 2018）。时间为 t 时，正态数为 n cos a + m sin a，n、m 为 t 前后两个整步的数，a = (3p² − 2p³) π / 2，p 为步内的部分。</translation>
        </message>
        <message>
            <source>Stripes as a sensor gives that is read line by line: every pixel of a row (or column) gets the same number, c' = c + σ b(y), b normal numbers from Philox-4x32-10 and Box–Muller for seed, channel and line, convolved with a Gaussian whose width at half height is the width and divided by the square root of the sum of its squared weights, so that b has mean 0 and standard deviation 1; both directions: σ (b(x) + b(y)) / √2. Row noise: EMVA standard 1288, release 4.0 (2021). At time t the normal numbers are n cos a + m sin a, n and m those of the whole steps around t, a = (3p² − 2p³) π / 2 of the part p of the step.</source>
            <translation>逐行读出的传感器产生的条纹：同一行（或列）的每个像素加上同一个数，c' = c + σ b(y)；b 是由 Philox-4x32-10 与 Box–Muller 按种子、通道和行产生的正态随机数，与半高宽等于“宽度”的高斯核卷积，再除以权重平方和的平方根，使 b 的均值为 0、标准差为 1；两个方向时为 σ (b(x) + b(y)) / √2。行噪声：EMVA 1288 标准 4.0 版（2021）。时间为 t 时，正态数为 n cos a + m sin a，n、m 为 t 前后两个整步的数，a = (3p² − 2p³) π / 2，p 为步内的部分。</translation>
        </message>
        <message>
            <source>magnitude</source>
            <translation>大小</translation>
        </message>
        <message>
            <source>slope-across</source>
            <translation>横向坡度</translation>
        </message>
        <message>
            <source>slope-down</source>
            <translation>纵向坡度</translation>
        </message>
        <message>
            <source>coloured</source>
            <translation>着色</translation>
        </message>
        <message>
            <source>prewitt</source>
            <translation>Prewitt</translation>
        </message>
        <message>
            <source>central-differences</source>
            <translation>中心差分</translation>
        </message>
        <message>
            <source>roberts</source>
            <translation>Roberts</translation>
        </message>
        <message>
            <source>laplace</source>
            <translation>拉普拉斯</translation>
        </message>
        <message>
            <source>Per channel: each colour alone. Shared: the lightness, so all is grey.</source>
            <translation>按通道：各颜色单独处理。共用：处理明度，结果为灰色。</translation>
        </message>
        <message>
            <source>The first three: how the rows beside the middle one count, half, as much, or not at all. Roberts: the finest, from four pixels. Laplace: change of the change, so that slopes vanish and lines and specks stay.</source>
            <translation>前三种：中间行两侧的行如何计算，减半、相同或不计。Roberts：最细，只取四个像素。拉普拉斯：变化的变化，因此斜坡消失，线条和斑点留下。</translation>
        </message>
        <message>
            <source>Sobel's gradient of the encoded colours: g = (right − left) / 8 of three rows with weights 1, 2, 1, and likewise down, in change per pixel. Shows amount · √(gx² + gy²), or 0.5 + amount · gx or gy; inverted, 1 less that; shared channels use the lightness 0.2126 R + 0.7152 G + 0.0722 B (Sobel and Feldman, 1968). A neighbour of opacity a counts as a mix of its colour and, in the part 1 − a, of the pixel's own; opacity stays. Beyond the edge of the picture its outermost pixels are repeated; what is no number counts as 0. Prewitt's operator weighs the rows 1, 1, 1 and divides by 6, central differences take the middle row and divide by 2. Roberts' (1965): with p = c(x + 1, y + 1) − c(x, y) and q = c(x + 1, y) − c(x, y + 1), gx = (p + q) / 2 and gy = (p − q) / 2. Laplace's: gx = left − 2 c + right, gy = above − 2 c + below; its magnitude is amount · |gx + gy|. Black beyond the edge: what lies there is black.</source>
            <translation>编码颜色的 Sobel 梯度：三行的 g = (右 − 左) / 8，权重为 1、2、1，纵向同理，为每像素的变化。显示 数量 · √(gx² + gy²)，或 0.5 + 数量 · gx 或 gy；反相时为 1 减去该值；通道共用时使用明度 0.2126 R + 0.7152 G + 0.0722 B（Sobel 与 Feldman，1968）。不透明度为 a 的邻近像素按其颜色与（占 1 − a 的）该像素自身颜色的混合计；不透明度不变。图片边缘之外重复最外侧的像素；非数值按 0 计。Prewitt 算子三行权重为 1、1、1，除以 6；中心差分只取中间一行，除以 2。Roberts 算子（1965）：令 p = c(x + 1, y + 1) − c(x, y)，q = c(x + 1, y) − c(x, y + 1)，则 gx = (p + q) / 2，gy = (p − q) / 2。拉普拉斯：gx = 左 − 2 c + 右，gy = 上 − 2 c + 下；其幅值为 数量 · |gx + gy|。边缘之外选“黑色”时，那里视为黑色。</translation>
        </message>
        <message>
            <source>Amount</source>
            <translation>数量</translation>
        </message>
        <message>
            <source>What the change from pixel to pixel is multiplied with.</source>
            <translation>像素间的变化乘以此数。</translation>
        </message>
        <message>
            <source>Part</source>
            <translation>部分</translation>
        </message>
        <message>
            <source>Magnitude: edges in all directions. Slopes: changes one way, brighter or darker than a middle grey.</source>
            <translation>大小：所有方向的边缘。坡度：一个方向上的变化，比中灰更亮或更暗。</translation>
        </message>
        <message>
            <source>Black: the picture's own edge is an edge, too.</source>
            <translation>黑色：图片自身的边也算边缘。</translation>
        </message>
        <message>
            <source>Azimuth</source>
            <translation>方位角</translation>
        </message>
        <message>
            <source>Where the light comes from: 0 is from the right, 90 is from above.</source>
            <translation>光从哪里来：0 为右方，90 为上方。</translation>
        </message>
        <message>
            <source>Elevation</source>
            <translation>高度角</translation>
        </message>
        <message>
            <source>How high the light stands above the picture.</source>
            <translation>光在图片上方多高。</translation>
        </message>
        <message>
            <source>How many pixels white rises above black.</source>
            <translation>白比黑高出多少像素。</translation>
        </message>
        <message>
            <source>Grey: light and shade alone. Coloured: they lie on the colours.</source>
            <translation>灰色：只有明暗。着色：明暗叠在颜色上。</translation>
        </message>
        <message>
            <source>Scharr's gradient of the encoded colours, nearly the same in all directions: g = (right − left) / 32 of three rows with weights 3, 10, 3, and likewise down, in change per pixel. Shows amount · √(gx² + gy²), or 0.5 + amount · gx or gy; inverted, 1 less that; shared channels use the lightness 0.2126 R + 0.7152 G + 0.0722 B (Scharr, 2000). A neighbour of opacity a counts as a mix of its colour and, in the part 1 − a, of the pixel's own; opacity stays. Beyond the edge of the picture its outermost pixels are repeated; what is no number counts as 0. Black beyond the edge: what lies there is black.</source>
            <translation>编码颜色的 Scharr 梯度，各方向几乎一致：三行的 g = (右 − 左) / 32，权重为 3、10、3，纵向同理，为每像素的变化。显示 数量 · √(gx² + gy²)，或 0.5 + 数量 · gx 或 gy；反相时为 1 减去该值；通道共用时使用明度 0.2126 R + 0.7152 G + 0.0722 B（Scharr，2000）。不透明度为 a 的邻近像素按其颜色与（占 1 − a 的）该像素自身颜色的混合计；不透明度不变。图片边缘之外重复最外侧的像素；非数值按 0 计。边缘之外选“黑色”时，那里视为黑色。</translation>
        </message>
        <message>
            <source>Speckle noise</source>
            <translation>散斑噪点</translation>
        </message>
        <message>
            <source>Salt and pepper</source>
            <translation>椒盐噪点</translation>
        </message>
        <message>
            <source>Poisson noise</source>
            <translation>泊松噪点</translation>
        </message>
        <message>
            <source>Film grain</source>
            <translation>胶片颗粒</translation>
        </message>
        <message>
            <source>Banding noise</source>
            <translation>条带噪点</translation>
        </message>
        <message>
            <source>Quantisation noise</source>
            <translation>量化噪点</translation>
        </message>
        <message>
            <source>JPEG artefacts</source>
            <translation>JPEG 压缩痕迹</translation>
        </message>
        <message>
            <source>Local tone mapping</source>
            <translation>局部色调映射</translation>
        </message>
        <message>
            <source>Paper to transparent</source>
            <translation>纸色转为透明</translation>
        </message>
        <message>
            <source>Line art off paper</source>
            <translation>从纸面提取线稿</translation>
        </message>
        <message>
            <source>Rotational symmetry</source>
            <translation>旋转对称</translation>
        </message>
        <message>
            <source>Offset with wrap</source>
            <translation>位移（环绕）</translation>
        </message>
        <message>
            <source>Displace</source>
            <translation>置换</translation>
        </message>
        <message>
            <source>Spot ink print</source>
            <translation>专色印刷</translation>
        </message>
        <message>
            <source>Normal map</source>
            <translation>法线贴图</translation>
        </message>
        <message>
            <source>Ambient occlusion</source>
            <translation>环境光遮蔽</translation>
        </message>
        <message>
            <source>Curvature</source>
            <translation>曲率</translation>
        </message>
        <message>
            <source>Level heights</source>
            <translation>拉平高度</translation>
        </message>
        <message>
            <source>Colour fringes</source>
            <translation>色差彩边</translation>
        </message>
        <message>
            <source>Vignette correction</source>
            <translation>暗角校正</translation>
        </message>
        <message>
            <source>Red eyes</source>
            <translation>红眼</translation>
        </message>
        <message>
            <source>Faded print</source>
            <translation>褪色照片</translation>
        </message>
        <message>
            <source>Sobel edges</source>
            <translation>Sobel 边缘</translation>
        </message>
        <message>
            <source>Scharr edges</source>
            <translation>Scharr 边缘</translation>
        </message>
        <message>
            <source>Emboss</source>
            <translation>浮雕</translation>
        </message>
        <message>
            <source>Lights the picture as a relief whose height is depth times the lightness 0.2126 R + 0.7152 G + 0.0722 B: shade s = max(0, n · l / |n|), n = (−hx, −hy, 1) from Sobel's gradient of the height, l the direction of the light from azimuth and elevation. Grey shows s, coloured c · s / sin(elevation) (Schlag, Fast embossing effects on raster image data, Graphics Gems IV, 1994). A neighbour of opacity a counts as a mix of its colour and, in the part 1 − a, of the pixel's own; opacity stays. Beyond the edge of the picture its outermost pixels are repeated; what is no number counts as 0.</source>
            <translation>把图片当作浮雕照亮，其高度为深度乘以明度 0.2126 R + 0.7152 G + 0.0722 B：明暗 s = max(0, n · l / |n|)，n = (−hx, −hy, 1) 来自高度的 Sobel 梯度，l 为由方位角和高度角得到的光线方向。灰色显示 s，着色显示 c · s / sin(高度角)（Schlag，Fast embossing effects on raster image data，Graphics Gems IV，1994）。不透明度为 a 的邻近像素按其颜色与（占 1 − a 的）该像素自身颜色的混合计；不透明度不变。图片边缘之外重复最外侧的像素；非数值按 0 计。</translation>
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
            <source>Uniform noise</source>
            <translation>均匀噪点</translation>
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
            <source>Detail, four times the side</source>
            <translation>细节，边长 4 倍</translation>
        </message>
        <message>
            <source>Class blend</source>
            <translation>类别混合</translation>
        </message>
        <message>
            <source>Variety</source>
            <translation>多样性</translation>
        </message>
        <message>
            <source>Checkpoint at least every</source>
            <translation>存档间隔至多</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>图片数</translation>
        </message>
        <message>
            <source>Frames between</source>
            <translation>间隔帧数</translation>
        </message>
        <message>
            <source>Colour</source>
            <translation>颜色</translation>
        </message>
        <message>
            <source>Blend mode</source>
            <translation>混合模式</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>大小</translation>
        </message>
        <message>
            <source>Softness: half of it is the standard deviation of the blur.</source>
            <translation>柔和程度：模糊的标准差为其一半。</translation>
        </message>
        <message>
            <source>Spread</source>
            <translation>扩展</translation>
        </message>
        <message>
            <source>The part of the size that grows the shape instead of softening it.</source>
            <translation>大小中用于扩展形状而非柔化的部分。</translation>
        </message>
        <message>
            <source>Distance</source>
            <translation>距离</translation>
        </message>
        <message>
            <source>Global light</source>
            <translation>使用全局光</translation>
        </message>
        <message>
            <source>The light comes from where it does for the whole picture.</source>
            <translation>光线方向与整幅图像相同。</translation>
        </message>
        <message>
            <source>Angle</source>
            <translation>角度</translation>
        </message>
        <message>
            <source>Where the light comes from, counter-clockwise from the right.</source>
            <translation>光线来自的方向，从右侧起逆时针计。</translation>
        </message>
        <message>
            <source>Altitude</source>
            <translation>高度</translation>
        </message>
        <message>
            <source>Shown</source>
            <translation>显示</translation>
        </message>
        <message>
            <source>edge</source>
            <translation>边缘</translation>
        </message>
        <message>
            <source>inner</source>
            <translation>内斜面</translation>
        </message>
        <message>
            <source>outer</source>
            <translation>外斜面</translation>
        </message>
        <message>
            <source>emboss</source>
            <translation>浮雕</translation>
        </message>
        <message>
            <source>up</source>
            <translation>上</translation>
        </message>
        <message>
            <source>down</source>
            <translation>下</translation>
        </message>
        <message>
            <source>From</source>
            <translation>来源</translation>
        </message>
        <message>
            <source>Position</source>
            <translation>位置</translation>
        </message>
        <message>
            <source>Width</source>
            <translation>宽度</translation>
        </message>
        <message>
            <source>Style</source>
            <translation>样式</translation>
        </message>
        <message>
            <source>Direction</source>
            <translation>文字方向</translation>
        </message>
        <message>
            <source>Depth</source>
            <translation>深度</translation>
        </message>
        <message>
            <source>Highlight</source>
            <translation>高光</translation>
        </message>
        <message>
            <source>Highlight mode</source>
            <translation>高光模式</translation>
        </message>
        <message>
            <source>Highlight opacity</source>
            <translation>高光不透明度</translation>
        </message>
        <message>
            <source>Shadow</source>
            <translation>阴影</translation>
        </message>
        <message>
            <source>Shadow mode</source>
            <translation>阴影模式</translation>
        </message>
        <message>
            <source>Shadow opacity</source>
            <translation>阴影不透明度</translation>
        </message>
        <message>
            <source>Drop shadow</source>
            <translation>投影</translation>
        </message>
        <message>
            <source>The layer's shape under the layer, moved away from the light by the distance: grown by spread × size, then blurred with σ = (1 − spread) × size / 2.</source>
            <translation>图层下方的图层形状，按距离背光移动：先扩展“扩展 × 大小”，再以 σ = (1 − 扩展) × 大小 / 2 模糊。</translation>
        </message>
        <message>
            <source>Outer glow</source>
            <translation>外发光</translation>
        </message>
        <message>
            <source>The layer's shape under the layer: grown by spread × size, then blurred with σ = (1 − spread) × size / 2.</source>
            <translation>图层下方的图层形状：先扩展“扩展 × 大小”，再以 σ = (1 − 扩展) × 大小 / 2 模糊。</translation>
        </message>
        <message>
            <source>Colour overlay</source>
            <translation>颜色叠加</translation>
        </message>
        <message>
            <source>One colour over the whole layer, inside its shape.</source>
            <translation>在图层形状内覆盖一种颜色。</translation>
        </message>
        <message>
            <source>Inner glow</source>
            <translation>内发光</translation>
        </message>
        <message>
            <source>Inside the layer's shape, light from its edge (what is not the shape: grown by spread × size, blurred with σ = (1 − spread) × size / 2) or from its centre (1 − that).</source>
            <translation>图层形状之内，来自边缘的光（形状之外的部分：扩展“扩展 × 大小”，再以 σ = (1 − 扩展) × 大小 / 2 模糊），或来自中心的光（1 减去前者）。</translation>
        </message>
        <message>
            <source>Inner shadow</source>
            <translation>内阴影</translation>
        </message>
        <message>
            <source>Inside the layer's shape, what is not the shape, moved away from the light by the distance: grown by spread × size, then blurred with σ = (1 − spread) × size / 2.</source>
            <translation>图层形状之内，形状之外的部分按距离背光移动：先扩展“扩展 × 大小”，再以 σ = (1 − 扩展) × 大小 / 2 模糊。</translation>
        </message>
        <message>
            <source>Bevel</source>
            <translation>斜面和浮雕</translation>
        </message>
        <message>
            <source>The layer lit as a relief whose height is size × its shape blurred with σ = size / 2: highlight and shadow from the angle of its surface to the light (Blinn, 1978).</source>
            <translation>把图层当作浮雕照亮，高度为大小 × 以 σ = 大小 / 2 模糊的形状：由表面与光线的夹角得到高光和阴影（Blinn，1978）。</translation>
        </message>
        <message>
            <source>Stroke</source>
            <translation>描边</translation>
        </message>
        <message>
            <source>A line along the edge of the layer's shape: all pixels whose distance to it is at most the width.</source>
            <translation>沿图层形状边缘的线：到边缘的距离不超过宽度的所有像素。</translation>
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
            <translation>质量</translation>
        </message>
        <message>
            <source>As most programs count it: 100 is the best.</source>
            <translation>与多数程序的计法相同：100 为最好。</translation>
        </message>
        <message>
            <source>Colour resolution</source>
            <translation>颜色分辨率</translation>
        </message>
        <message>
            <source>4:4:4 is full; 4:2:2 half across; 4:2:0 half both ways.</source>
            <translation>4:4:4 为全分辨率；4:2:2 横向减半；4:2:0 两个方向都减半。</translation>
        </message>
        <message>
            <source>Times saved</source>
            <translation>保存次数</translation>
        </message>
        <message>
            <source>Each further time the blocks lie one pixel further right and down.</source>
            <translation>每多保存一次，分块向右下各移一个像素。</translation>
        </message>
        <message>
            <source>Codes and decodes the picture as baseline JPEG (ITU-T T.81, 1992): straight colours cut to 0–1 and rounded to 8 bits, YCbCr after JFIF, colour differences averaged over 1×1, 1×2 or 2×2 pixels, 8×8 blocks from the picture's corner transformed by the DCT, each coefficient F replaced by q · round(F / q), q from tables K.1 and K.2 scaled by the quality as the Independent JPEG Group does, and transformed back; colour differences are repeated. Beyond the edge the outermost pixels are repeated; transparent pixels count as the mean of their block and transparency stays.</source>
            <translation>把图片按基线 JPEG（ITU-T T.81，1992）编码再解码：非预乘颜色截到 0–1 并舍入到 8 位，按 JFIF 转为 YCbCr，色差在 1×1、1×2 或 2×2 像素上取平均，从图片左上角起的 8×8 块作 DCT，每个系数 F 换成 q · round(F / q)，q 取表 K.1 与 K.2 并按 Independent JPEG Group 的方式随质量缩放，再变换回来；色差直接重复。边缘之外重复最外侧像素；透明像素按所在块的均值计，不透明度不变。</translation>
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
            <source>Rendering intent</source>
            <translation>渲染意图</translation>
        </message>
        <message>
            <source>Black point compensation</source>
            <translation>黑场补偿</translation>
        </message>
        <message>
            <source>Keep photo information (EXIF)</source>
            <translation>保留拍摄信息（EXIF）</translation>
        </message>
        <message>
            <source>Hardness</source>
            <translation>硬度</translation>
        </message>
        <message>
            <source>0: fades from the middle. 1: sharp edge.</source>
            <translation>0：从中心渐淡。1：边缘锐利。</translation>
        </message>
        <message>
            <source>Opacity</source>
            <translation>不透明度</translation>
        </message>
        <message>
            <source>paint</source>
            <translation>绘画</translation>
        </message>
        <message>
            <source>erase</source>
            <translation>擦除</translation>
        </message>
        <message>
            <source>smudge</source>
            <translation>涂抹</translation>
        </message>
        <message>
            <source>sharpen</source>
            <translation>锐化</translation>
        </message>
        <message>
            <source>blur</source>
            <translation>模糊</translation>
        </message>
        <message>
            <source>edges</source>
            <translation>边缘</translation>
        </message>
        <message>
            <source>laplacian</source>
            <translation>拉普拉斯</translation>
        </message>
        <message>
            <source>upright-edges</source>
            <translation>竖直边缘</translation>
        </message>
        <message>
            <source>level-edges</source>
            <translation>水平边缘</translation>
        </message>
        <message>
            <source>clone</source>
            <translation>仿制</translation>
        </message>
        <message>
            <source>dodge</source>
            <translation>减淡</translation>
        </message>
        <message>
            <source>burn</source>
            <translation>加深</translation>
        </message>
        <message>
            <source>sponge</source>
            <translation>海绵</translation>
        </message>
        <message>
            <source>round</source>
            <translation>圆形</translation>
        </message>
        <message>
            <source>diamond</source>
            <translation>菱形</translation>
        </message>
        <message>
            <source>stones</source>
            <translation>石块</translation>
        </message>
        <message>
            <source>squares</source>
            <translation>正方形</translation>
        </message>
        <message>
            <source>hexagons</source>
            <translation>六边形</translation>
        </message>
        <message>
            <source>octagons</source>
            <translation>八边形</translation>
        </message>
        <message>
            <source>Block width</source>
            <translation>块宽</translation>
        </message>
        <message>
            <source>Block height</source>
            <translation>块高</translation>
        </message>
        <message>
            <source>Offset across</source>
            <translation>横向偏移</translation>
        </message>
        <message>
            <source>Offset down</source>
            <translation>纵向偏移</translation>
        </message>
        <message>
            <source>Shape of the blocks</source>
            <translation>块的形状</translation>
        </message>
        <message>
            <source>Filled part</source>
            <translation>填充比例</translation>
        </message>
        <message>
            <source>How much of its field a block fills, across and down.</source>
            <translation>块在横向和纵向占其格子的多少。</translation>
        </message>
        <message>
            <source>Filled part down</source>
            <translation>纵向填充比例</translation>
        </message>
        <message>
            <source>Colour between</source>
            <translation>间隙颜色</translation>
        </message>
        <message>
            <source>Broken stones, or tiles; octagons have small squares between them.</source>
            <translation>碎石或瓷砖；八边形之间有小正方形。</translation>
        </message>
        <message>
            <source>One colour each</source>
            <translation>每块一色</translation>
        </message>
        <message>
            <source>Off, the picture stays on the stones.</source>
            <translation>关闭时，图片内容保留在石块上。</translation>
        </message>
        <message>
            <source>Stone size</source>
            <translation>石块大小</translation>
        </message>
        <message>
            <source>Neatness</source>
            <translation>整齐度</translation>
        </message>
        <message>
            <source>1: all alike, in rows. 0: the most uneven.</source>
            <translation>1：整齐一致，成行排列。0：最不规则。</translation>
        </message>
        <message>
            <source>Light on the rims of the stones.</source>
            <translation>石块边缘的光照。</translation>
        </message>
        <message>
            <source>Light from</source>
            <translation>光源方向</translation>
        </message>
        <message>
            <source>0: the right, 90: above, 180: the left.</source>
            <translation>0：右方，90：上方，180：左方。</translation>
        </message>
        <message>
            <source>0: the surface of the stones is smooth. 1: it is the most uneven.</source>
            <translation>0：石块表面光滑。1：最不平。</translation>
        </message>
        <message>
            <source>Every pixel of a block takes the mean of the encoded, opacity-weighted colours and the mean opacity of its pixels inside the picture; block (i, j) holds the pixels whose centre lies in i ≤ (x − offset) / width &lt; i + 1 and likewise down (box sampling; Gonzalez and Woods, Digital Image Processing, ch. 2). With u, v the place in the block from −1 to 1, a square shows where |u|, |v| ≤ f, a round one where u² + v² ≤ f², a diamond where |u| + |v| ≤ f, f the filled part; elsewhere stands the colour between. Not the same across and down, v counts times f / g, g the filled part down.</source>
            <translation>一个块中的每个像素取该块在图片之内各像素的编码颜色（按不透明度加权）与不透明度的平均值；块 (i, j) 包含中心满足 i ≤ (x − 偏移) / 宽 &lt; i + 1 的像素，纵向同理（方框采样；Gonzalez 与 Woods，《数字图像处理》第 2 章）。以 u、v 表示块内位置（−1 到 1），方形显示 |u|, |v| ≤ f 处，圆形 u² + v² ≤ f² 处，菱形 |u| + |v| ≤ f 处，f 为填充比例；其余为间隙颜色。横纵不同时，v 乘以 f / g，g 为纵向填充比例。</translation>
        </message>
        <message>
            <source>Stones are the cells of points on a square grid of the stone size, moved by random numbers (Philox-4x32-10, Salmon et al., 2011) within ±½(1 − neatness) of a field; a pixel belongs to the nearest of the nine points around it (cellular texture, Worley, 1996; at neatness 1 by max(|x|, |y|)) and takes the mean colour of its stone, times 1 + variation · (2u − 1), u random for each stone, and 1 + 0.6 · relief · e^(−t / (0.12 · size)) · clip(2l), l the place towards the upper left in fields. Half the difference of the two least distances, t, within half a joint gives the joint's colour, over one pixel. Tiles: a regular tiling with tiles as wide as the stone size, whose corners are moved by random numbers within ±q(1 − neatness) of it, q 0.2 for squares and triangles, 0.12 for hexagons, 0.06 for octagons; t is the distance to the nearest edge. Light from an angle φ: l = √2 (x cos φ − y sin φ), y downwards. An uneven surface multiplies colours by 1 + ½ · roughness · clip(1.5 (h(p − d) − h(p + d))), h value noise as in Displace of a quarter of the stone size and three octaves, d a thirty-second of the stone size towards the light.</source>
            <translation>石块是石块大小的方格网上各点的泰森单元，各点按随机数（Philox-4x32-10，Salmon 等，2011）在格子的 ±½(1 − 整齐度) 内移动；像素属于周围九点中最近的一点（细胞纹理，Worley，1996；整齐度为 1 时按 max(|x|, |y|)），取其石块的平均颜色，乘以 1 + 变化 · (2u − 1)，u 为每块的随机数，再乘以 1 + 0.6 · 浮雕 · e^(−t / (0.12 · 大小)) · clip(2l)，l 为向左上方的位置（以格计）。两个最小距离之差的一半 t 小于半个接缝处为接缝颜色，过渡为一个像素。瓷砖：按石块大小为宽的规则铺砌，其顶点按随机数在 ±q(1 − 整齐度) 内移动，正方形和三角形 q 为 0.2，六边形 0.12，八边形 0.06；t 为到最近边的距离。光来自角度 φ：l = √2 (x cos φ − y sin φ)，y 向下。不平的表面使颜色乘以 1 + ½ · 粗糙度 · clip(1.5 (h(p − d) − h(p + d)))，h 为“置换”滤镜中的值噪声，大小为石块的四分之一，三个八度，d 为朝向光的石块大小的三十二分之一。</translation>
        </message>
        <message>
            <source>Joint</source>
            <translation>接缝</translation>
        </message>
        <message>
            <source>Joint colour</source>
            <translation>接缝颜色</translation>
        </message>
        <message>
            <source>Relief strength</source>
            <translation>起伏强度</translation>
        </message>
        <message>
            <source>Relief</source>
            <translation>浮雕样式</translation>
        </message>
        <message>
            <source>Variation</source>
            <translation>变化</translation>
        </message>
        <message>
            <source>How much lighter or darker single stones are.</source>
            <translation>单个石块明暗相差多少。</translation>
        </message>
        <message>
            <source>Pixelate</source>
            <translation>像素化</translation>
        </message>
        <message>
            <source>Mosaic</source>
            <translation>马赛克</translation>
        </message>
        <message>
            <source>ink</source>
            <translation>水墨</translation>
        </message>
        <message>
            <source>image</source>
            <translation>图像</translation>
        </message>
        <message>
            <source>in-turn</source>
            <translation>依次</translation>
        </message>
        <message>
            <source>none</source>
            <translation>无</translation>
        </message>
        <message>
            <source>uniform</source>
            <translation>均匀</translation>
        </message>
        <message>
            <source>triangular</source>
            <translation>三角</translation>
        </message>
        <message>
            <source>blue-noise</source>
            <translation>蓝噪声</translation>
        </message>
        <message>
            <source>Per channel: coloured grain. Shared: the same grain in red, green and blue. Luminance: few tones, hue and saturation stay.</source>
            <translation>每通道：彩色颗粒。共用：红绿蓝使用相同颗粒。光亮度：色调变少，色相与饱和度不变。</translation>
        </message>
        <message>
            <source>Values from black to white, both included.</source>
            <translation>从黑到白的级数，含两端。</translation>
        </message>
        <message>
            <source>None: bands. Uniform: right on average. Triangular: its grain is the same everywhere. Blue noise: the finest grain to the eye.</source>
            <translation>无：出现色带。均匀：平均值正确。三角：颗粒处处相同。蓝噪声：看起来最细的颗粒。</translation>
        </message>
        <message>
            <source>Rounds each encoded colour value to one of n evenly spaced steps: c' = ⌊c (n − 1) + d + ½⌋ / (n − 1), where the dither d is 0 (none), uniform in −½ … ½, the difference of two uniform numbers in 0–1 (triangular), or a blue-noise threshold minus ½ that repeats every 128 pixels (void and cluster, Ulichney 1993); c' stays in 0–1 if c does, and transparency stays. By luminance c is 0.2126 R + 0.7152 G + 0.0722 B of linear light, encoded, and the three of linear light are multiplied by that of c' over that of c. Uniform numbers come from Philox-4x32-10 for seed, channel and pixel. Dither and its laws: Lipshitz, Wannamaker and Vanderkooy, Quantization and Dither, JAES 40 (1992).</source>
            <translation>把每个编码颜色值舍入到 n 个等距的级之一：c' = ⌊c (n − 1) + d + ½⌋ / (n − 1)，抖动 d 为 0（无）、−½ … ½ 的均匀随机数、两个 0–1 均匀随机数之差（三角），或每 128 像素重复的蓝噪声阈值减 ½（空洞与聚类法，Ulichney 1993）；c 在 0–1 内时 c' 也在其内，不透明度不变。按光亮度时，c 为线性光照的 0.2126 R + 0.7152 G + 0.0722 B 并编码，线性光照的三个通道同乘 c' 与 c 的线性光照之比。均匀随机数由 Philox-4x32-10 按种子、通道和像素产生。抖动及其规律：Lipshitz、Wannamaker 与 Vanderkooy，Quantization and Dither，JAES 40（1992）。</translation>
        </message>
        <message>
            <source>paper</source>
            <translation>纸纹</translation>
        </message>
        <message>
            <source>canvas</source>
            <translation>画布</translation>
        </message>
        <message>
            <source>rough</source>
            <translation>粗糙</translation>
        </message>
        <message>
            <source>weighted</source>
            <translation>加权</translation>
        </message>
        <message>
            <source>pulled</source>
            <translation>拉绳</translation>
        </message>
        <message>
            <source>delayed</source>
            <translation>延迟</translation>
        </message>
        <message>
            <source>layer</source>
            <translation>图层</translation>
        </message>
        <message>
            <source>this-and-below</source>
            <translation>本图层及下方</translation>
        </message>
        <message>
            <source>all</source>
            <translation>全部图层</translation>
        </message>
        <message>
            <source>Brush mode</source>
            <translation>画笔模式</translation>
        </message>
        <message>
            <source>Tip</source>
            <translation>笔尖</translation>
        </message>
        <message>
            <source>Tip images</source>
            <translation>笔尖图像</translation>
        </message>
        <message>
            <source>Tip order</source>
            <translation>笔尖次序</translation>
        </message>
        <message>
            <source>repeat-edge</source>
            <translation>重复边缘</translation>
        </message>
        <message>
            <source>mirrored</source>
            <translation>镜像</translation>
        </message>
        <message>
            <source>wrap</source>
            <translation>环绕</translation>
        </message>
        <message>
            <source>transparent</source>
            <translation>透明</translation>
        </message>
        <message>
            <source>nearest</source>
            <translation>最近像素</translation>
        </message>
        <message>
            <source>cubic</source>
            <translation>三次</translation>
        </message>
        <message>
            <source>to-polar</source>
            <translation>转为极坐标</translation>
        </message>
        <message>
            <source>from-polar</source>
            <translation>转回直角坐标</translation>
        </message>
        <message>
            <source>Beyond the edge</source>
            <translation>边缘之外</translation>
        </message>
        <message>
            <source>What stands where the picture has no pixels.</source>
            <translation>图片没有像素的地方放什么。</translation>
        </message>
        <message>
            <source>Interpolation</source>
            <translation>插值</translation>
        </message>
        <message>
            <source>How colours between pixels are found.</source>
            <translation>像素之间的颜色如何求得。</translation>
        </message>
        <message>
            <source>How much larger red was drawn than green; it is made so much smaller.</source>
            <translation>红色比绿色大多少；将缩小同样的比例。</translation>
        </message>
        <message>
            <source>How much larger blue was drawn than green; it is made so much smaller.</source>
            <translation>蓝色比绿色大多少；将缩小同样的比例。</translation>
        </message>
        <message>
            <source>The light that the corners lack, given back; below 0 it is taken from them.</source>
            <translation>补回四角缺少的光；小于 0 时从四角减去。</translation>
        </message>
        <message>
            <source>Falloff</source>
            <translation>衰减</translation>
        </message>
        <message>
            <source>Higher: only the corners. 2 is usual, 4 that of a simple lens.</source>
            <translation>越高越只影响四角。通常为 2，简单镜头为 4。</translation>
        </message>
        <message>
            <source>Centre across</source>
            <translation>中心横向</translation>
        </message>
        <message>
            <source>0: left edge, 1: right edge.</source>
            <translation>0：左边缘，1：右边缘。</translation>
        </message>
        <message>
            <source>Centre down</source>
            <translation>中心纵向</translation>
        </message>
        <message>
            <source>0: upper edge, 1: lower edge.</source>
            <translation>0：上边缘，1：下边缘。</translation>
        </message>
        <message>
            <source>How much redder than green and blue a pixel must be; skin is about 0.3.</source>
            <translation>像素的红色须比绿色和蓝色高出多少；皮肤约为 0.3。</translation>
        </message>
        <message>
            <source>Darken</source>
            <translation>变暗</translation>
        </message>
        <message>
            <source>How dark pupils become.</source>
            <translation>瞳孔变暗的程度。</translation>
        </message>
        <message>
            <source>Share of the darkest and of the brightest values of each channel.</source>
            <translation>每个通道中最暗和最亮数值的比例。</translation>
        </message>
        <message>
            <source>Balance</source>
            <translation>平衡</translation>
        </message>
        <message>
            <source>How far the middle tones of red, green and blue are brought together.</source>
            <translation>红、绿、蓝的中间调靠拢的程度。</translation>
        </message>
        <message>
            <source>Protect colours</source>
            <translation>保护颜色</translation>
        </message>
        <message>
            <source>How much less strong colours change than greys.</source>
            <translation>鲜艳颜色比灰色少改变多少。</translation>
        </message>
        <message>
            <source>Lateral chromatic aberration taken back: the red value of a pixel at the offset o from the middle of the picture is that at o · (1 + red / 100), the blue one that at o · (1 + blue / 100), green stays; straight encoded colours, cubic interpolation, places rounded to 1/32 pixel, the picture's edge repeated; opacity stays (Boult and Wolberg, Correcting chromatic aberrations using image warping, 1992). What is no number counts as 0.</source>
            <translation>消除横向色差：像素相对画面中心的偏移为 o 时，红色取 o · (1 + 红 / 100) 处的值，蓝色取 o · (1 + 蓝 / 100) 处的值，绿色不变；使用非预乘的编码颜色和三次插值，位置取整到 1/32 像素，画面边缘重复；不透明度不变（Boult 与 Wolberg，Correcting chromatic aberrations using image warping，1992）。非数值按 0 计。</translation>
        </message>
        <message>
            <source>The linear light of each sRGB-encoded value is divided by v = 1 − amount · rⁿ, at least 0.02, n the falloff and r the distance from the centre as a part of half the picture's diagonal; with an amount below 0 it is multiplied by 1 − |amount| · rⁿ. Opacity stays (falloff as a function of the radius: Goldman and Chen, Vignette and exposure calibration and compensation, 2005). What is no number counts as 0.</source>
            <translation>每个 sRGB 编码值的线性光除以 v = 1 − 数量 · rⁿ（至少 0.02），n 为衰减，r 为到中心的距离与画面半对角线之比；数量小于 0 时乘以 1 − |数量| · rⁿ。不透明度不变（衰减作为半径的函数：Goldman 与 Chen，Vignette and exposure calibration and compensation，2005）。非数值按 0 计。</translation>
        </message>
        <message>
            <source>Where a pixel's redness (r − max(g, b)) / r is above the threshold t, its encoded colour goes to the grey (1 − darken) · (g + b) / 2 by the share clip((redness − t) / 0.15), clip cutting to 0–1; values of r up to 0.05 have no redness. Select the eyes first. Opacity stays (redness after Smolka and others, Towards automatic redeye effect removal, 2003). What is no number counts as 0.</source>
            <translation>像素的红度 (r − max(g, b)) / r 高于阈值 t 时，其编码颜色按比例 clip((红度 − t) / 0.15) 变为灰色 (1 − 变暗) · (g + b) / 2，clip 限制在 0–1；r 不超过 0.05 时没有红度。请先选择眼睛。不透明度不变（红度依 Smolka 等，Towards automatic redeye effect removal，2003）。非数值按 0 计。</translation>
        </message>
        <message>
            <source>Each encoded channel is stretched alone, e = clip((c − b) / (w − b)), b and w the values below and above which lies the clipped share of all pixels, then raised to (log m / log m₀)^balance, between 1/2.5 and 2.5, m₀ the stretched median of the channel and m the mean of the three. The result is mixed with c by strength · (1 − protect · S), S = (max − min) / max of the colour. Transparent pixels do not count; opacity stays (percentile stretch: Limare, Lisani, Morel, Petro, Sbert, Simplest Color Balance, IPOL 2011). What is no number counts as 0.</source>
            <translation>每个编码通道单独拉伸：e = clip((c − b) / (w − b))，b 与 w 是所有像素中裁切比例以下和以上的数值，再取 (log m / log m₀)^平衡 次幂（在 1/2.5 与 2.5 之间），m₀ 为该通道拉伸后的中位数，m 为三者的平均。结果按 强度 · (1 − 保护 · S) 与 c 混合，S = (max − min) / max。透明像素不计；不透明度不变（百分位拉伸：Limare、Lisani、Morel、Petro、Sbert，Simplest Color Balance，IPOL 2011）。非数值按 0 计。</translation>
        </message>
        <message>
            <source>Whirl</source>
            <translation>旋转</translation>
        </message>
        <message>
            <source>Turn of the centre, clockwise.</source>
            <translation>中心转过的角度，顺时针。</translation>
        </message>
        <message>
            <source>Pinch</source>
            <translation>挤压</translation>
        </message>
        <message>
            <source>Up: the centre is drawn together. Down: it bulges.</source>
            <translation>向上：中心收拢。向下：中心鼓起。</translation>
        </message>
        <message>
            <source>1 reaches to the edges of the picture.</source>
            <translation>1 到达图片边缘。</translation>
        </message>
        <message>
            <source>To polar: the picture becomes a disc. From polar: back again.</source>
            <translation>转为极坐标：图片变成圆盘。转回：还原。</translation>
        </message>
        <message>
            <source>Roundness</source>
            <translation>圆度</translation>
        </message>
        <message>
            <source>1: a circle. 0: the outline of the picture.</source>
            <translation>1：圆形。0：图片的外形。</translation>
        </message>
        <message>
            <source>Turn</source>
            <translation>转动</translation>
        </message>
        <message>
            <source>Anticlockwise</source>
            <translation>逆时针</translation>
        </message>
        <message>
            <source>Upper edge in the centre</source>
            <translation>上边缘在中心</translation>
        </message>
        <message>
            <source>Off: the lower edge comes into the centre, as in a small planet.</source>
            <translation>关闭：下边缘移到中心，如小行星。</translation>
        </message>
        <message>
            <source>Part of the picture at each of these edges that is not shown.</source>
            <translation>图片在这两条边上各有多少不显示。</translation>
        </message>
        <message>
            <source>Mirrors</source>
            <translation>镜面数</translation>
        </message>
        <message>
            <source>Each gives two sectors.</source>
            <translation>每个镜面形成两个扇区。</translation>
        </message>
        <message>
            <source>Turns the result.</source>
            <translation>转动结果。</translation>
        </message>
        <message>
            <source>From angle</source>
            <translation>起始角度</translation>
        </message>
        <message>
            <source>Which sector of the picture is shown.</source>
            <translation>显示图片的哪个扇区。</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>缩放</translation>
        </message>
        <message>
            <source>Shown from across</source>
            <translation>取样处横向</translation>
        </message>
        <message>
            <source>How far from the centre the mirrors meet in the picture, in its widths.</source>
            <translation>各镜面在图片中的交点离中心多远，以图片宽度计。</translation>
        </message>
        <message>
            <source>Shown from down</source>
            <translation>取样处纵向</translation>
        </message>
        <message>
            <source>The same in its heights.</source>
            <translation>同上，以图片高度计。</translation>
        </message>
        <message>
            <source>Trim left and right</source>
            <translation>左右裁去</translation>
        </message>
        <message>
            <source>Trim above and below</source>
            <translation>上下裁去</translation>
        </message>
        <message>
            <source>Distortion</source>
            <translation>畸变</translation>
        </message>
        <message>
            <source>Up: barrel. Down: pincushion.</source>
            <translation>向上：桶形。向下：枕形。</translation>
        </message>
        <message>
            <source>At the rim</source>
            <translation>外缘畸变</translation>
        </message>
        <message>
            <source>More or less of it far outside.</source>
            <translation>远离中心处更多或更少。</translation>
        </message>
        <message>
            <source>Brighten the rim</source>
            <translation>提亮外缘</translation>
        </message>
        <message>
            <source>Against dark corners; down: darker.</source>
            <translation>抵消暗角；向下则更暗。</translation>
        </message>
        <message>
            <source>Upper left: across</source>
            <translation>左上：横向</translation>
        </message>
        <message>
            <source>Upper left: down</source>
            <translation>左上：纵向</translation>
        </message>
        <message>
            <source>Upper right: across</source>
            <translation>右上：横向</translation>
        </message>
        <message>
            <source>Upper right: down</source>
            <translation>右上：纵向</translation>
        </message>
        <message>
            <source>Lower right: across</source>
            <translation>右下：横向</translation>
        </message>
        <message>
            <source>Lower right: down</source>
            <translation>右下：纵向</translation>
        </message>
        <message>
            <source>Lower left: across</source>
            <translation>左下：横向</translation>
        </message>
        <message>
            <source>Lower left: down</source>
            <translation>左下：纵向</translation>
        </message>
        <message>
            <source>With s = π / mirrors, a pixel at angle φ and distance r from the centre takes the colour at distance r / zoom and angle a + from angle, a = (φ − turn) mod 2s, or 2s − a where that is more than s: the reflections of the dihedral group of order 2 · mirrors; both count from the centre, in the picture moved by what it is shown from. What is trimmed lies beyond the edge. Places are rounded to 1/32 pixel.</source>
            <translation>令 s = π / 镜面数，与中心成角 φ、距离 r 的像素取距离 r / 缩放、角度 a + 起始角度处的颜色，a = (φ − 转动) mod 2s，大于 s 时取 2s − a：即阶为 2 · 镜面数的二面体群的反射；角度和距离都从中心算起，在图片中则从取样处算起。裁去的部分视为在边缘之外。位置取整到 1/32 像素。</translation>
        </message>
        <message>
            <source>Whirl and pinch</source>
            <translation>旋转与挤压</translation>
        </message>
        <message>
            <source>A pixel at the offset o from the centre takes the colour at R(−w(1 − d)²) · o · sin(πd/2)^(−p): d the length of o divided by radius times half the width and height, at most 1, w the whirl, p the pinch, R the turn in units of that ellipse (the mapping of whirl and pinch in GEGL). Places are rounded to 1/32 pixel.</source>
            <translation>相对中心偏移为 o 的像素取 R(−w(1 − d)²) · o · sin(πd/2)^(−p) 处的颜色：d 为 o 的长度除以半径乘以宽与高的一半，最多为 1，w 为旋转，p 为挤压，R 为以该椭圆为单位的转动（GEGL 的旋转与挤压映射）。位置取整到 1/32 像素。</translation>
        </message>
        <message>
            <source>Polar coordinates</source>
            <translation>极坐标</translation>
        </message>
        <message>
            <source>To polar: a pixel at angle φ (clockwise from the top) and distance r from the centre takes the colour at ((φ − turn) / 2π, 1 − r / R) as parts of width and height, or r / R with the upper edge in the centre; R mixes half the shorter side and the distance to the outline by roundness. From polar is the inverse mapping (Gonzalez and Woods, Digital Image Processing, ch. 2, geometric transformations). Places are rounded to 1/32 pixel.</source>
            <translation>转为极坐标：与中心成角 φ（自上方顺时针）、距离 r 的像素取宽高比例为 ((φ − 转动) / 2π, 1 − r / R) 处的颜色，上边缘在中心时为 r / R；R 按圆度混合短边的一半与到外形的距离。转回为其逆映射（Gonzalez 与 Woods，《数字图像处理》第 2 章，几何变换）。位置取整到 1/32 像素。</translation>
        </message>
        <message>
            <source>Kaleidoscope</source>
            <translation>万花筒</translation>
        </message>
        <message>
            <source>Lens distortion</source>
            <translation>镜头畸变</translation>
        </message>
        <message>
            <source>A pixel at the offset o from the centre takes the colour at o · (1 + k1·q + k2·q²) / zoom, q = |o|² · 4 / (width² + height²), k1 the distortion and k2 what is added at the rim (Brown, Decentering distortion of lenses, 1966); encoded colours are multiplied by 1 + b·q, b the brightening, at least 0. Places are rounded to 1/32 pixel.</source>
            <translation>相对中心偏移为 o 的像素取 o · (1 + k1·q + k2·q²) / 缩放处的颜色，q = |o|² · 4 / (宽² + 高²)，k1 为畸变，k2 为外缘畸变（Brown，Decentering distortion of lenses，1966）；编码颜色乘以 1 + b·q，b 为提亮外缘，至少为 0。位置取整到 1/32 像素。</translation>
        </message>
        <message>
            <source>Perspective</source>
            <translation>透视</translation>
        </message>
        <message>
            <source>The homography that lays the corners of the picture on the four given places (Heckbert, 1989, section 2.2.3): a pixel takes the colour at its image under the inverse, x' = (m0·x + m1·y + m2) / (m6·x + m7·y + m8) and likewise y'. Corners that make no convex four-sided figure change nothing. Places are rounded to 1/32 pixel.</source>
            <translation>把图片四角放到给定四处的单应变换（Heckbert，1989，第 2.2.3 节）：像素取其在逆变换下的像 x' = (m0·x + m1·y + m2) / (m6·x + m7·y + m8) 处的颜色，y' 同理。四角不构成凸四边形时不作改变。位置取整到 1/32 像素。</translation>
        </message>
        <message>
            <source>Height of the tip as a fraction of its width.</source>
            <translation>笔尖高度占宽度的比例。</translation>
        </message>
        <message>
            <source>Hard pixels</source>
            <translation>硬像素</translation>
        </message>
        <message>
            <source>No soft edge: each pixel is covered or not.</source>
            <translation>无柔边：每个像素要么画上，要么不画。</translation>
        </message>
        <message>
            <source>The most that one stroke covers.</source>
            <translation>一笔最多覆盖的程度。</translation>
        </message>
        <message>
            <source>Flow</source>
            <translation>流量</translation>
        </message>
        <message>
            <source>How much each dab adds, up to the opacity.</source>
            <translation>每个笔触点增加多少，直到不透明度为止。</translation>
        </message>
        <message>
            <source>one-ink</source>
            <translation>单色墨</translation>
        </message>
        <message>
            <source>light-dots</source>
            <translation>亮网点</translation>
        </message>
        <message>
            <source>rgb</source>
            <translation>RGB</translation>
        </message>
        <message>
            <source>cmyk</source>
            <translation>CMYK</translation>
        </message>
        <message>
            <source>line</source>
            <translation>线条</translation>
        </message>
        <message>
            <source>cross</source>
            <translation>十字</translation>
        </message>
        <message>
            <source>How far dots stray from their rows, in spacings.</source>
            <translation>网点偏离其行列的距离，以间距计。</translation>
        </message>
        <message>
            <source>Inks</source>
            <translation>油墨</translation>
        </message>
        <message>
            <source>One ink on paper, dots of paper in the ink, or screens of several colours over each other.</source>
            <translation>纸上单色墨、墨中露出纸色网点，或多种颜色的网屏相叠。</translation>
        </message>
        <message>
            <source>Dots</source>
            <translation>网点</translation>
        </message>
        <message>
            <source>Spacing</source>
            <translation>间距</translation>
        </message>
        <message>
            <source>From dot to dot.</source>
            <translation>网点之间的距离。</translation>
        </message>
        <message>
            <source>Softness</source>
            <translation>柔和度</translation>
        </message>
        <message>
            <source>How gently dots end; a little keeps their edges smooth.</source>
            <translation>网点边缘的柔和程度；少许即可使边缘平滑。</translation>
        </message>
        <message>
            <source>Angle of red or cyan</source>
            <translation>红或青的角度</translation>
        </message>
        <message>
            <source>Angle of green or magenta</source>
            <translation>绿或洋红的角度</translation>
        </message>
        <message>
            <source>Angle of blue or yellow</source>
            <translation>蓝或黄的角度</translation>
        </message>
        <message>
            <source>Angle of black</source>
            <translation>黑的角度</translation>
        </message>
        <message>
            <source>Black</source>
            <translation>黑色</translation>
        </message>
        <message>
            <source>How much of what all three inks share is printed in black.</source>
            <translation>三种墨共有的部分有多少改印黑墨。</translation>
        </message>
        <message>
            <source>Ink</source>
            <translation>墨色</translation>
        </message>
        <message>
            <source>Paper</source>
            <translation>纸色</translation>
        </message>
        <message>
            <source>Same dots for all inks</source>
            <translation>各墨网点相同</translation>
        </message>
        <message>
            <source>Otherwise each ink has dots and a spacing of its own.</source>
            <translation>否则每种墨各设网点和间距。</translation>
        </message>
        <message>
            <source>Red or cyan: dots</source>
            <translation>红或青：网点</translation>
        </message>
        <message>
            <source>Red or cyan: spacing</source>
            <translation>红或青：间距</translation>
        </message>
        <message>
            <source>Green or magenta: dots</source>
            <translation>绿或洋红：网点</translation>
        </message>
        <message>
            <source>Green or magenta: spacing</source>
            <translation>绿或洋红：间距</translation>
        </message>
        <message>
            <source>Blue or yellow: dots</source>
            <translation>蓝或黄：网点</translation>
        </message>
        <message>
            <source>Blue or yellow: spacing</source>
            <translation>蓝或黄：间距</translation>
        </message>
        <message>
            <source>Black: dots</source>
            <translation>黑：网点</translation>
        </message>
        <message>
            <source>Black: spacing</source>
            <translation>黑：间距</translation>
        </message>
        <message>
            <source>Red or cyan: turbulence</source>
            <translation>红或青：湍流</translation>
        </message>
        <message>
            <source>Green or magenta: turbulence</source>
            <translation>绿或洋红：湍流</translation>
        </message>
        <message>
            <source>Blue or yellow: turbulence</source>
            <translation>蓝或黄：湍流</translation>
        </message>
        <message>
            <source>Black: turbulence</source>
            <translation>黑：湍流</translation>
        </message>
        <message>
            <source>Of the turbulence: the same seed gives the same dots.</source>
            <translation>湍流的种子：相同的种子得到相同的网点。</translation>
        </message>
        <message>
            <source>Ink amounts a are 1 − Y for one ink, Y the luminance (Rec. 709), red, green and blue for RGB, and 1 − each of them less black k = b · their minimum, divided by 1 − k, for CMYK; all in linear light of sRGB, cut to 0–1. A place turned by the screen's angle, (u, v) in spacings, is covered by clip((a − T) / s + ½), s the lesser of the softness, 2a and 2(1 − a), T the rank, spread evenly over 0–1, of the dot function: round ½ − (cos 2πu + cos 2πv) / 4; with the distances d to the nearest whole number times 2, line dv, diamond (du + dv) / 2, square the greater, cross the lesser. Light of inks is mixed by cover and multiplied, then encoded (after Ulichney, Digital Halftoning, 1987). Light dots: a = Y, printed with the paper's colour on the ink's. Each ink may have its own dot function, spacing and turbulence τ, by which a place is first moved by τ · spacing · (n1, n2): value noise as in Displace, its size four spacings, two octaves, another one for each ink.</source>
            <translation>墨量 a：单色墨为 1 − Y，Y 为光亮度（Rec. 709）；RGB 为红、绿、蓝；CMYK 为 1 减去各值，减去黑 k = b · 三者最小值，再除以 1 − k；均在 sRGB 的线性光照中，截到 0–1。按网屏角度转动、以网点间距为单位的位置 (u, v) 被覆盖 clip((a − T) / s + ½)，s 为柔和度、2a 与 2(1 − a) 中最小者，T 为网点函数的排序，均匀分布于 0–1：圆形 ½ − (cos 2πu + cos 2πv) / 4；以到最近整数距离的两倍 d 计，线条 dv，菱形 (du + dv) / 2，方形取大者，十字取小者。各墨的光按覆盖混合并相乘，然后编码（依据 Ulichney，Digital Halftoning，1987）。亮网点：a = Y，以纸色印在墨色上。每种墨可各有自己的网点函数、间距和湍流 τ：位置先移动 τ · 间距 · (n1, n2)，即“置换”滤镜中的值噪声，大小为四个间距，两个八度，每种墨各不相同。</translation>
        </message>
        <message>
            <source>Halftone</source>
            <translation>半调网点</translation>
        </message>
        <message>
            <source>Dimensions of the tips</source>
            <translation>笔尖的维度</translation>
        </message>
        <message>
            <source>Distance between dabs as a fraction of their size.</source>
            <translation>笔触点之间的距离，占其大小的比例。</translation>
        </message>
        <message>
            <source>Airbrush</source>
            <translation>喷枪</translation>
        </message>
        <message>
            <source>Dabs per second while the pen is down, even at rest.</source>
            <translation>落笔时每秒的笔触点数，静止时也继续。</translation>
        </message>
        <message>
            <source>Count</source>
            <translation>数量</translation>
        </message>
        <message>
            <source>Dabs at each step.</source>
            <translation>每一步的笔触点数。</translation>
        </message>
        <message>
            <source>Scatter</source>
            <translation>散布</translation>
        </message>
        <message>
            <source>How far dabs stray, as a fraction of their size.</source>
            <translation>笔触点散开的距离，占其大小的比例。</translation>
        </message>
        <message>
            <source>Scatter across only</source>
            <translation>仅横向散布</translation>
        </message>
        <message>
            <source>Dabs stray to both sides of the stroke, not along it: as far as the scatter, evenly.</source>
            <translation>笔触点只向笔画两侧散开，不沿笔画方向：距离不超过散布值，均匀分布。</translation>
        </message>
        <message>
            <source>Offset to the right</source>
            <translation>向右偏移</translation>
        </message>
        <message>
            <source>How far dabs lie beside the pointer, as a fraction of the brush's size.</source>
            <translation>笔触点偏离指针的距离，占画笔大小的比例。</translation>
        </message>
        <message>
            <source>Offset downwards</source>
            <translation>向下偏移</translation>
        </message>
        <message>
            <source>Size jitter</source>
            <translation>大小抖动</translation>
        </message>
        <message>
            <source>Angle jitter</source>
            <translation>角度抖动</translation>
        </message>
        <message>
            <source>Flip left to right</source>
            <translation>左右翻转</translation>
        </message>
        <message>
            <source>Every other dab, at random, is mirrored left to right.</source>
            <translation>随机将一半的笔触点左右镜像。</translation>
        </message>
        <message>
            <source>Flip top to bottom</source>
            <translation>上下翻转</translation>
        </message>
        <message>
            <source>Every other dab, at random, is mirrored top to bottom.</source>
            <translation>随机将一半的笔触点上下镜像。</translation>
        </message>
        <message>
            <source>Flow jitter</source>
            <translation>流量抖动</translation>
        </message>
        <message>
            <source>Hue jitter</source>
            <translation>色相抖动</translation>
        </message>
        <message>
            <source>Saturation jitter</source>
            <translation>饱和度抖动</translation>
        </message>
        <message>
            <source>Value jitter</source>
            <translation>明度抖动</translation>
        </message>
        <message>
            <source>Texture</source>
            <translation>纹理</translation>
        </message>
        <message>
            <source>Texture image</source>
            <translation>纹理图像</translation>
        </message>
        <message>
            <source>Texture strength</source>
            <translation>纹理强度</translation>
        </message>
        <message>
            <source>Texture scale</source>
            <translation>纹理缩放</translation>
        </message>
        <message>
            <source>Wet edges</source>
            <translation>湿边</translation>
        </message>
        <message>
            <source>Paint gathers at the edge of the stroke, as in watercolour.</source>
            <translation>颜料聚在笔画边缘，如水彩。</translation>
        </message>
        <message>
            <source>Smudge</source>
            <translation>涂抹</translation>
        </message>
        <message>
            <source>How much of what a dab leaves was picked up from the picture.</source>
            <translation>每个笔触点留下的颜料中，有多少取自画面。</translation>
        </message>
        <message>
            <source>Patches</source>
            <translation>色块</translation>
        </message>
        <message>
            <source>How large the flat washes are.</source>
            <translation>平涂色块的大小。</translation>
        </message>
        <message>
            <source>Wobble</source>
            <translation>抖动轮廓</translation>
        </message>
        <message>
            <source>How far outlines wander.</source>
            <translation>轮廓游移多远。</translation>
        </message>
        <message>
            <source>Dark edges</source>
            <translation>边缘加深</translation>
        </message>
        <message>
            <source>Pigment gathers where a wash ends.</source>
            <translation>颜料聚在罩染的边缘。</translation>
        </message>
        <message>
            <source>Granulation</source>
            <translation>颗粒沉淀</translation>
        </message>
        <message>
            <source>Pigment in the hollows of the paper.</source>
            <translation>颜料沉在纸的凹处。</translation>
        </message>
        <message>
            <source>Pigment flow</source>
            <translation>颜料流动</translation>
        </message>
        <message>
            <source>Clouds of more and less pigment.</source>
            <translation>颜料浓淡如云。</translation>
        </message>
        <message>
            <source>Tones of ink</source>
            <translation>墨分几色</translation>
        </message>
        <message>
            <source>Into how many washes the tones are parted; five is the old rule.</source>
            <translation>色调分成几级墨色；古法为五。</translation>
        </message>
        <message>
            <source>Empty paper</source>
            <translation>留白</translation>
        </message>
        <message>
            <source>Higher: light places stay bare.</source>
            <translation>越高：亮处越留白。</translation>
        </message>
        <message>
            <source>Bleeding</source>
            <translation>晕染</translation>
        </message>
        <message>
            <source>How far ink runs into the wet paper.</source>
            <translation>墨在湿纸上渗开多远。</translation>
        </message>
        <message>
            <source>Wetness</source>
            <translation>湿度</translation>
        </message>
        <message>
            <source>How much of the ink runs.</source>
            <translation>有多少墨会渗开。</translation>
        </message>
        <message>
            <source>Ink gathers where a wash ends.</source>
            <translation>墨聚在墨迹边缘。</translation>
        </message>
        <message>
            <source>How much of the colours stays.</source>
            <translation>保留多少颜色。</translation>
        </message>
        <message>
            <source>Watercolour</source>
            <translation>水彩</translation>
        </message>
        <message>
            <source>The filter Kuwahara with sharpness 8, then displacement by noise (size 24, three octaves) of the wobble give flat washes c; each encoded channel becomes c − c(1 − c)(d − 1), the pigment density d = 1 + 4e·|g − B| + p·n4 + f·n120, g the luma of c, B its Gaussian blur with sigma 3, e, p and f dark edges, granulation and flow, n smooth noise of 4 and 120 pixels (Bousseau et al., Interactive watercolor rendering, 2006).</source>
            <translation>先用锐度为 8 的 Kuwahara 滤镜，再按抖动轮廓作噪声置换（大小 24，三级），得到平涂 c；每个编码通道变为 c − c(1 − c)(d − 1)，颜料密度 d = 1 + 4e·|g − B| + p·n4 + f·n120，g 为 c 的加权亮度，B 为其标准差为 3 的高斯模糊，e、p、f 为边缘加深、颗粒沉淀与颜料流动，n 为 4 与 120 像素的平滑噪声（Bousseau 等，Interactive watercolor rendering，2006）。</translation>
        </message>
        <message>
            <source>Ink wash</source>
            <translation>水墨</translation>
        </message>
        <message>
            <source>After displacement by noise (size 24, three octaves) of the bleeding, ink is (1 − L)^c, L the lightness of OKLab (Ottosson, 2020), c the empty paper; a share, the wetness, of it is replaced by its Gaussian blur with sigma the bleeding; it is posterised to the tones of ink with the softness; 2e · max(0, ink − its blur with sigma 3) is added, e the dark edges; it is multiplied by 1 + r·n, r the grain, n smooth noise of 4 pixels, and cut to 0–1. The colour runs from paper to ink in OKLab, plus colour times the picture's a and b (after the pigment model of Curtis et al., Computer-generated watercolor, 1997, made simple).</source>
            <translation>按晕染作噪声置换（大小 24，三级）之后，墨量为 (1 − L)^c，L 为 OKLab（Ottosson，2020）的明度，c 为留白；其中湿润的比例换成以晕染为标准差的高斯模糊；按墨分几色与柔和度分离色调；加上 2e · max(0, 墨量 − 其标准差为 3 的模糊)，e 为边缘加深；乘以 1 + r·n，r 为颗粒，n 为 4 像素的平滑噪声，截到 0–1。颜色在 OKLab 中由纸色到墨色，再加上颜色乘以图片的 a 与 b（由 Curtis 等的颜料模型简化，Computer-generated watercolor，1997）。</translation>
        </message>
        <message>
            <source>How far the paint that was picked up is carried along.</source>
            <translation>沾起的颜料被带走多远。</translation>
        </message>
        <message>
            <source>gaussian</source>
            <translation>高斯</translation>
        </message>
        <message>
            <source>disc</source>
            <translation>圆盘</translation>
        </message>
        <message>
            <source>motion</source>
            <translation>运动</translation>
        </message>
        <message>
            <source>Blur</source>
            <translation>模糊</translation>
        </message>
        <message>
            <source>What made the picture unsharp: the air or a scan, a lens out of focus, or a shaken hand.</source>
            <translation>图片因何不清晰：空气或扫描、镜头失焦，或手抖。</translation>
        </message>
        <message>
            <source>Sigma of a Gaussian blur, radius of a disc, half the length of a motion.</source>
            <translation>高斯模糊的标准差、圆盘的半径，或运动长度的一半。</translation>
        </message>
        <message>
            <source>Direction of the motion: 0 is across, 90 is up.</source>
            <translation>运动的方向：0 为横向，90 为向上。</translation>
        </message>
        <message>
            <source>Noise to signal</source>
            <translation>噪声与信号之比</translation>
        </message>
        <message>
            <source>Higher for noisy pictures: sharpens less, and makes less grain and fewer rings.</source>
            <translation>图片噪点多时调高：锐化较弱，颗粒和振铃也较少。</translation>
        </message>
        <message>
            <source>Rounds</source>
            <translation>轮数</translation>
        </message>
        <message>
            <source>More rounds sharpen more, and bring out more grain.</source>
            <translation>轮数越多越清晰，颗粒也越明显。</translation>
        </message>
        <message>
            <source>Wiener deconvolution</source>
            <translation>维纳反卷积</translation>
        </message>
        <message>
            <source>Undoes a known blur of spectrum H by convolving the encoded colours with the kernel whose spectrum is H* / (|H|² + n), n the ratio of noise to signal, cut off where it has faded and brought to sum 1 (Wiener, 1949; Gonzalez and Woods, Digital Image Processing, section 5.8). The blur is a Gaussian of sigma s cut off at 3 s, a disc of radius s + 1/2, or a line of 2 s + 1 pixels, s the size. A neighbour of opacity a counts as a mix of its colour and, in the part 1 − a, of the pixel's own; opacity stays. Beyond the edge of the picture its outermost pixels are repeated; what is no number counts as 0.</source>
            <translation>用频谱为 H* / (|H|² + n) 的卷积核与编码颜色卷积，消除频谱为 H 的已知模糊，n 为噪声与信号之比，核在衰减后截断，总和调整为 1（Wiener，1949；Gonzalez 与 Woods，《数字图像处理》5.8 节）。模糊为标准差 s、在 3 s 处截断的高斯，半径 s + 1/2 的圆盘，或 2 s + 1 像素的线，s 为大小。不透明度为 a 的邻近像素按其颜色与（占 1 − a 的）该像素自身颜色的混合计；不透明度不变。图片边缘之外重复最外侧的像素；非数值按 0 计。</translation>
        </message>
        <message>
            <source>Richardson–Lucy deconvolution</source>
            <translation>理查森–露西反卷积</translation>
        </message>
        <message>
            <source>Undoes a known blur K by rounds of u ← u · Kᵀ(a f / K u) / Kᵀa, beginning with u = f, f the encoded colours and a the opacity, which itself stays (Richardson, 1972; Lucy, 1974). The blur is a Gaussian of sigma s cut off at 3 s, a disc of radius s + 1/2, or a line of 2 s + 1 pixels, s the size. Transparent pixels begin with the mean of what is seen around them; negative values count as 0. Beyond the edge of the picture its outermost pixels are repeated; what is no number counts as 0.</source>
            <translation>按轮次计算 u ← u · Kᵀ(a f / K u) / Kᵀa，消除已知模糊 K，起初 u = f，f 为编码颜色，a 为不透明度，其本身不变（Richardson，1972；Lucy，1974）。模糊为标准差 s、在 3 s 处截断的高斯，半径 s + 1/2 的圆盘，或 2 s + 1 像素的线，s 为大小。透明像素起初取周围可见部分的平均值；负值按 0 计。图片边缘之外重复最外侧的像素；非数值按 0 计。</translation>
        </message>
        <message>
            <source>How far a blurring brush spreads, as a fraction of its radius.</source>
            <translation>模糊画笔扩散的距离，占半径的比例。</translation>
        </message>
        <message>
            <source>Sample</source>
            <translation>取样</translation>
        </message>
        <message>
            <source>From where clone, smudge and blur take: this layer, with those below it, or all.</source>
            <translation>仿制、涂抹、模糊从何处取样：本图层、本图层及下方图层，或全部图层。</translation>
        </message>
        <message>
            <source>Aligned</source>
            <translation>对齐</translation>
        </message>
        <message>
            <source>The source moves on with each stroke.</source>
            <translation>取样点随每一笔移动。</translation>
        </message>
        <message>
            <source>Stabiliser</source>
            <translation>防抖</translation>
        </message>
        <message>
            <source>Speed as pressure</source>
            <translation>以速度代压力</translation>
        </message>
        <message>
            <source>Without a pen: slow presses hard, fast presses lightly.</source>
            <translation>没有压感笔时：慢则重，快则轻。</translation>
        </message>
        <message>
            <source>Dynamics</source>
            <translation>动态</translation>
        </message>
        <message>
            <source>Smoothing</source>
            <translation>平滑</translation>
        </message>
        <message>
            <source>Steadies the hand; more follows later.</source>
            <translation>稳住手部；值越大跟随越慢。</translation>
        </message>
        <message>
            <source>Sigma of the blur against which tones are compared.</source>
            <translation>用于比较色调的模糊的标准差。</translation>
        </message>
        <message>
            <source>Line strength</source>
            <translation>线条强度</translation>
        </message>
        <message>
            <source>Shading</source>
            <translation>排线阴影</translation>
        </message>
        <message>
            <source>Grey on dark places.</source>
            <translation>暗处涂灰。</translation>
        </message>
        <message>
            <source>Grain</source>
            <translation>颗粒</translation>
        </message>
        <message>
            <source>How rough the paper is.</source>
            <translation>纸的粗糙程度。</translation>
        </message>
        <message>
            <source>Coloured</source>
            <translation>彩色</translation>
        </message>
        <message>
            <source>1: the pencil has the picture's colours.</source>
            <translation>1：铅笔采用图片的颜色。</translation>
        </message>
        <message>
            <source>Pencil</source>
            <translation>铅笔</translation>
        </message>
        <message>
            <source>Fibres</source>
            <translation>纤维</translation>
        </message>
        <message>
            <source>Long threads in the paper.</source>
            <translation>纸中的长纤维。</translation>
        </message>
        <message>
            <source>Fibre length</source>
            <translation>纤维长度</translation>
        </message>
        <message>
            <source>Clouds</source>
            <translation>云纹</translation>
        </message>
        <message>
            <source>Thicker and thinner places.</source>
            <translation>厚薄不匀之处。</translation>
        </message>
        <message>
            <source>With g the luma (Rec. 709) of the encoded colour, cut to 0–1, and B its Gaussian blur, sigma the line width, the darkness is d = clip((k · (1 − min((g + 0.05) / (B + 0.05), 1)) + s · (1 − B)) · (1 + r · n)), k the line strength, s the shading, r the grain, n smooth noise of 3, 1.5 and 0.75 pixels; the pixel becomes paper + d · (pencil − paper), the pencil's colour mixed with the picture's by coloured (colour dodge of the inverted blur, as drawn sketches are made in photo editors).</source>
            <translation>令 g 为编码颜色的加权亮度（Rec. 709），截到 0–1，B 为其高斯模糊，标准差为线宽；暗度 d = clip((k · (1 − min((g + 0.05) / (B + 0.05), 1)) + s · (1 − B)) · (1 + r · n))，k 为线条强度，s 为排线阴影，r 为颗粒，n 为 3、1.5 与 0.75 像素的平滑噪声；像素变为 纸色 + d · (铅笔色 − 纸色)，铅笔色按彩色与图片颜色混合（反相模糊的颜色减淡，即修图软件中素描的做法）。</translation>
        </message>
        <message>
            <source>Rice paper</source>
            <translation>宣纸</translation>
        </message>
        <message>
            <source>Encoded colours are multiplied by the paper's colour and by 1 − 0.3f·F − 0.06c(1 + n120) − 0.05g(1 + n4): f, c and g fibres, clouds and grain, n smooth value noise of 120 and 4 pixels (Perlin's 6t⁵ − 15t⁴ + 10t³ between random numbers of Philox-4x32-10, Salmon et al., 2011), F at most 1 the sum over four directions of e^(−(v / 0.12)²) · clip(2w − 0.3), v and w noises of 5 and 10 pixels drawn out to the fibre length. Values above 1 survive.</source>
            <translation>编码颜色乘以纸色与 1 − 0.3f·F − 0.06c(1 + n120) − 0.05g(1 + n4)：f、c、g 为纤维、云纹与颗粒，n 为 120 与 4 像素的平滑值噪声（Philox-4x32-10 的随机数，Salmon 等，2011，其间按 Perlin 的 6t⁵ − 15t⁴ + 10t³ 混合），F 最多为 1，是四个方向上 e^(−(v / 0.12)²) · clip(2w − 0.3) 之和，v 与 w 为 5 与 10 像素、拉长到纤维长度的噪声。大于 1 的值得以保留。</translation>
        </message>
        <message>
            <source>How much paper and bristles show in ink.</source>
            <translation>墨中显出多少纸纹与笔毫。</translation>
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
            <source>An opaque picture of independent normal numbers with density p(x) = exp(−(x − μ)² / 2σ²) / √(2πσ²), from Philox-4x32-10 (Salmon et al., 2011) and the Box–Muller transform (1958); between whole times x = n cos a + m sin a of the numbers n and m before and after, a from 0 to a quarter turn.</source>
            <translation>由独立正态随机数组成的不透明图片，密度 p(x) = exp(−(x − μ)² / 2σ²) / √(2πσ²)，由 Philox-4x32-10（Salmon 等，2011）与 Box–Muller 变换（1958）产生；在整数时间之间为 x = n cos a + m sin a，n 和 m 是前后两个时间的数，a 从 0 到四分之一圈。</translation>
        </message>
        <message>
            <source>An opaque picture of independent numbers equally likely from μ − a to μ + a, from Philox-4x32-10 (Salmon et al., 2011); between whole times each goes evenly to its next one, up or down, turning back at the ends.</source>
            <translation>由 μ − a 到 μ + a 之间均匀分布的独立随机数组成的不透明图片，由 Philox-4x32-10（Salmon 等，2011）产生；在整数时间之间，每个数向上或向下匀速移到下一个数，到两端时折回。</translation>
        </message>
        <message>
            <source>Landscape in the manner of 山水</source>
            <translation>山水画</translation>
        </message>
        <message>
            <source>A landscape painted by rule: 48 normal numbers drawn from the seed become ridges, mist, water, trees and sky. Each factor is moved by so many standard deviations from what the seed says.</source>
            <translation>按规则绘制的山水：由种子得到的 48 个正态随机数决定山峦、云雾、水面、林木与天空。每个因素按多少个标准差偏离种子的取值。</translation>
        </message>
        <message>
            <source>any</source>
            <translation>任意</translation>
        </message>
        <message>
            <source>blue-green</source>
            <translation>青绿</translation>
        </message>
        <message>
            <source>dusk</source>
            <translation>暮色</translation>
        </message>
        <message>
            <source>snow</source>
            <translation>雪</translation>
        </message>
        <message>
            <source>night</source>
            <translation>夜</translation>
        </message>
        <message>
            <source>Any: the seed decides, most often for ink.</source>
            <translation>任意：由种子决定，多为水墨。</translation>
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
            <source>Sun or moon</source>
            <translation>日月</translation>
        </message>
        <message>
            <source>Pines on the shore</source>
            <translation>岸边松树</translation>
        </message>
        <message>
            <source>Boat</source>
            <translation>小舟</translation>
        </message>
        <message>
            <source>Pavilion</source>
            <translation>亭子</translation>
        </message>
        <message>
            <source>Birds</source>
            <translation>飞鸟</translation>
        </message>
        <message>
            <source>Ink strength</source>
            <translation>墨色浓淡</translation>
        </message>
        <message>
            <source>Warmth</source>
            <translation>冷暖</translation>
        </message>
        <message>
            <source>Green instead of blue</source>
            <translation>以绿代青</translation>
        </message>
        <message>
            <source>per-channel</source>
            <translation>各通道独立</translation>
        </message>
        <message>
            <source>shared</source>
            <translation>各通道相同</translation>
        </message>
        <message>
            <source>Per channel: coloured grain. Shared: the same grain in red, green and blue. Luminance: lighter and darker only, hue and saturation stay.</source>
            <translation>每通道：彩色颗粒。共用：红绿蓝使用相同颗粒。亮度：只变亮变暗，色相与饱和度不变。</translation>
        </message>
        <message>
            <source>Same for red, green and blue</source>
            <translation>红绿蓝相同</translation>
        </message>
        <message>
            <source>Otherwise each of them has a strength of its own.</source>
            <translation>否则三者各设强度。</translation>
        </message>
        <message>
            <source>Nothing appears where the picture is fully transparent.</source>
            <translation>完全透明的地方不会出现任何内容。</translation>
        </message>
        <message>
            <source>Radius</source>
            <translation>半径</translation>
        </message>
        <message>
            <source>Standard deviation of the blur: what is finer goes to the detail layer.</source>
            <translation>模糊的标准差：更细的部分进入细节图层。</translation>
        </message>
        <message>
            <source>size</source>
            <translation>固定大小</translation>
        </message>
        <message>
            <source>together</source>
            <translation>合并</translation>
        </message>
        <message>
            <source>separate</source>
            <translation>分开</translation>
        </message>
        <message>
            <source>opacity</source>
            <translation>不透明度</translation>
        </message>
        <message>
            <source>Together: all colours alike. Separate: red, green and blue each first. Opacity: only that.</source>
            <translation>合并：所有颜色一样。分开：先分别处理红、绿、蓝。不透明度：只处理不透明度。</translation>
        </message>
        <message>
            <source>Black point</source>
            <translation>黑场</translation>
        </message>
        <message>
            <source>The tone that becomes the darkest.</source>
            <translation>变成最暗的色调。</translation>
        </message>
        <message>
            <source>Midtones</source>
            <translation>中间调</translation>
        </message>
        <message>
            <source>Above 1 the tones between become lighter, below 1 darker.</source>
            <translation>大于 1 中间色调变亮，小于 1 变暗。</translation>
        </message>
        <message>
            <source>White point</source>
            <translation>白场</translation>
        </message>
        <message>
            <source>The tone that becomes the lightest.</source>
            <translation>变成最亮的色调。</translation>
        </message>
        <message>
            <source>Darkest result</source>
            <translation>输出黑场</translation>
        </message>
        <message>
            <source>Lightest result</source>
            <translation>输出白场</translation>
        </message>
        <message>
            <source>Red: black point</source>
            <translation>红：黑场</translation>
        </message>
        <message>
            <source>Red: midtones</source>
            <translation>红：中间调</translation>
        </message>
        <message>
            <source>Red: white point</source>
            <translation>红：白场</translation>
        </message>
        <message>
            <source>Red: darkest result</source>
            <translation>红：输出黑场</translation>
        </message>
        <message>
            <source>Red: lightest result</source>
            <translation>红：输出白场</translation>
        </message>
        <message>
            <source>Green: black point</source>
            <translation>绿：黑场</translation>
        </message>
        <message>
            <source>Green: midtones</source>
            <translation>绿：中间调</translation>
        </message>
        <message>
            <source>Green: white point</source>
            <translation>绿：白场</translation>
        </message>
        <message>
            <source>Green: darkest result</source>
            <translation>绿：输出黑场</translation>
        </message>
        <message>
            <source>Green: lightest result</source>
            <translation>绿：输出白场</translation>
        </message>
        <message>
            <source>Blue: black point</source>
            <translation>蓝：黑场</translation>
        </message>
        <message>
            <source>Blue: midtones</source>
            <translation>蓝：中间调</translation>
        </message>
        <message>
            <source>Blue: white point</source>
            <translation>蓝：白场</translation>
        </message>
        <message>
            <source>Blue: darkest result</source>
            <translation>蓝：输出黑场</translation>
        </message>
        <message>
            <source>Blue: lightest result</source>
            <translation>蓝：输出白场</translation>
        </message>
        <message>
            <source>Each encoded colour value v becomes l + (h − l) · t^(1/γ) with t = (v − b) / (w − b): b the black point, w the white point, γ the midtones, l and h the darkest and lightest result; a negative t keeps its sign, b = w is a step. Separate: red, green and blue go through their own five numbers first. Opacity: alpha goes through them, cut to 0–1, and colours stay. Unless clipped (t cut to 0–1), tones beyond the points go on beyond the results, so values above 1 of float pictures survive (Gonzalez and Woods, Digital Image Processing, ch. 3). Linear light: the same to the values of linear light (IEC 61966-2-1).</source>
            <translation>每个编码颜色值 v 变为 l + (h − l) · t^(1/γ)，t = (v − b) / (w − b)：b 为黑场，w 为白场，γ 为中间调，l 与 h 为输出黑场与白场；负的 t 保留符号，b = w 时为阶跃。分开：红、绿、蓝先经过各自的五个数。不透明度：alpha 经过这些数并截到 0–1，颜色不变。除非裁切（t 截到 0–1），黑白场之外的色调可超出输出范围，因此浮点图片中大于 1 的值得以保留（Gonzalez 与 Woods，《数字图像处理》第 3 章）。“线性光”：对线性光的值同样处理（IEC 61966-2-1）。</translation>
        </message>
        <message>
            <source>Clip</source>
            <translation>裁切</translation>
        </message>
        <message>
            <source>Tones beyond black and white point become them; off, they go beyond the results.</source>
            <translation>黑白场之外的色调归为黑白场；关闭时可超出输出范围。</translation>
        </message>
        <message>
            <source>flow</source>
            <translation>流量</translation>
        </message>
        <message>
            <source>hardness</source>
            <translation>硬度</translation>
        </message>
        <message>
            <source>roundness</source>
            <translation>圆度</translation>
        </message>
        <message>
            <source>angle</source>
            <translation>角度</translation>
        </message>
        <message>
            <source>spacing</source>
            <translation>间距</translation>
        </message>
        <message>
            <source>scatter</source>
            <translation>散布</translation>
        </message>
        <message>
            <source>hue</source>
            <translation>色相</translation>
        </message>
        <message>
            <source>saturation</source>
            <translation>饱和度</translation>
        </message>
        <message>
            <source>straight</source>
            <translation>直线</translation>
        </message>
        <message>
            <source>s-curve</source>
            <translation>S 形曲线</translation>
        </message>
        <message>
            <source>value</source>
            <translation>明度</translation>
        </message>
        <message>
            <source>lightness</source>
            <translation>明度</translation>
        </message>
        <message>
            <source>Brightness</source>
            <translation>亮度</translation>
        </message>
        <message>
            <source>Contrast</source>
            <translation>反差</translation>
        </message>
        <message>
            <source>Pivot</source>
            <translation>支点</translation>
        </message>
        <message>
            <source>The tone that contrast leaves as it is.</source>
            <translation>对比度不改变的色调。</translation>
        </message>
        <message>
            <source>Method</source>
            <translation>方法</translation>
        </message>
        <message>
            <source>Straight: the same everywhere, ends are cut off. S-curve: black and white stay.</source>
            <translation>直线：处处相同，两端被截断。S 形曲线：黑白不变。</translation>
        </message>
        <message>
            <source>One more doubles the light.</source>
            <translation>每加一，光量加倍。</translation>
        </message>
        <message>
            <source>Black level</source>
            <translation>黑位</translation>
        </message>
        <message>
            <source>The light that becomes black.</source>
            <translation>变成黑色的光量。</translation>
        </message>
        <message>
            <source>Light added everywhere, after the exposure.</source>
            <translation>曝光之后处处加上的光量。</translation>
        </message>
        <message>
            <source>Gamma</source>
            <translation>伽马</translation>
        </message>
        <message>
            <source>Above 1 lighter, below 1 darker; black and white stay.</source>
            <translation>大于 1 变亮，小于 1 变暗；黑白不变。</translation>
        </message>
        <message>
            <source>Encoded: the usual negative. Linear light: that of a camera. Value and lightness: hues stay.</source>
            <translation>按存储值：通常的负片。线性光照：相机的负片。明度与亮度：色相不变。</translation>
        </message>
        <message>
            <source>Brightness and contrast</source>
            <translation>亮度与对比度</translation>
        </message>
        <message>
            <source>On encoded colour values v, B the brightness, C the contrast, p the pivot. Straight: v' = v + (B/2)(1 − v), for negative B v' = v(1 + B/2); then p + (v' − p) · tan((C + 1)π/4), at most 1000 times as steep (as GIMP computes it); values above 1 follow. S-curve, on the part of v within 0–1, the rest is added again: v' = v^(2^(−2B)); then (s(v') − s(0)) / (s(1) − s(0)) with s(v) = 1 / (1 + exp(−10C(v − p))), for negative C the inverse of that for −C (sigmoidal contrast, Braun and Fairchild, 1999).</source>
            <translation>对编码颜色值 v，B 为亮度，C 为对比度，p 为支点。直线：v' = v + (B/2)(1 − v)，B 为负时 v' = v(1 + B/2)；然后 p + (v' − p) · tan((C + 1)π/4)，最多变陡 1000 倍（与 GIMP 的计算相同）；大于 1 的值同样处理。S 形曲线只作用于 v 在 0–1 之内的部分，其余再加回：v' = v^(2^(−2B))；然后 (s(v') − s(0)) / (s(1) − s(0))，s(v) = 1 / (1 + exp(−10C(v − p)))，C 为负时取 −C 的反函数（S 形对比度，Braun 与 Fairchild，1999）。</translation>
        </message>
        <message>
            <source>In linear light x, decoded from the encoded colour value by the sRGB curve (IEC 61966-2-1) and encoded again after: x' = ((x − b) / (2^−E − b) + o)^(1/γ), E the exposure in EV, b the black level, o the offset, γ the gamma; the divisor is at least 10⁻⁶ and a negative value keeps its sign. Values above 1 of float pictures survive.</source>
            <translation>在线性光照 x 中计算，x 由编码颜色值按 sRGB 曲线（IEC 61966-2-1）解码，之后再编码：x' = ((x − b) / (2^−E − b) + o)^(1/γ)，E 为曝光度（EV），b 为黑位，o 为偏移，γ 为伽马；除数至少为 10⁻⁶，负值保留符号。浮点图片中大于 1 的值得以保留。</translation>
        </message>
        <message>
            <source>Each encoded colour value v becomes v^(1/(γ·γc)), γ the gamma of all colours and γc that of red, green or blue; a negative value keeps its sign, values above 1 follow the same power (power-law transformation, Gonzalez and Woods, Digital Image Processing, ch. 3).</source>
            <translation>每个编码颜色值 v 变为 v^(1/(γ·γc))，γ 为所有颜色的伽马，γc 为红、绿或蓝的伽马；负值保留符号，大于 1 的值按同样的幂处理（幂律变换，Gonzalez 与 Woods，《数字图像处理》第 3 章）。</translation>
        </message>
        <message>
            <source>Encoded: each colour value v becomes 1 − v. Linear light: the same for light decoded by the sRGB curve (IEC 61966-2-1). Value: with V = max(r, g, b) all three are multiplied by (1 − V) / V, black becomes white. Lightness: L becomes 1 − L in OKLab (Ottosson, 2020), whose colours may lie outside the range. Values above 1 become negative.</source>
            <translation>按存储值：每个颜色值 v 变为 1 − v。线性光照：对按 sRGB 曲线（IEC 61966-2-1）解码的光同样处理。明度：令 V = max(r, g, b)，三个通道都乘以 (1 − V) / V，黑变为白。亮度：OKLab（Ottosson，2020）中的 L 变为 1 − L，所得颜色可能超出范围。大于 1 的值变为负值。</translation>
        </message>
        <message>
            <source>texture</source>
            <translation>纹理</translation>
        </message>
        <message>
            <source>wetness</source>
            <translation>湿度</translation>
        </message>
        <message>
            <source>pressure</source>
            <translation>压力</translation>
        </message>
        <message>
            <source>tilt</source>
            <translation>倾斜</translation>
        </message>
        <message>
            <source>tilt-direction</source>
            <translation>倾斜方向</translation>
        </message>
        <message>
            <source>speed</source>
            <translation>速度</translation>
        </message>
        <message>
            <source>direction</source>
            <translation>方向</translation>
        </message>
        <message>
            <source>random</source>
            <translation>随机</translation>
        </message>
        <message>
            <source>fade</source>
            <translation>渐隐</translation>
        </message>
        <message>
            <source>rotation</source>
            <translation>旋转</translation>
        </message>
        <message>
            <source>Parameter</source>
            <translation>参数</translation>
        </message>
        <message>
            <source>Sensor</source>
            <translation>感应</translation>
        </message>
        <message>
            <source>Curve</source>
            <translation>曲线</translation>
        </message>
        <message>
            <source>Low</source>
            <translation>低</translation>
        </message>
        <message>
            <source>High</source>
            <translation>高</translation>
        </message>
        <message>
            <source>Fade length</source>
            <translation>渐隐长度</translation>
        </message>
        <message>
            <source>Repeats</source>
            <translation>重复</translation>
        </message>
        <message>
            <source>Begins again after its length, as in a dashed line.</source>
            <translation>到达长度后重新开始，如同虚线。</translation>
        </message>
        <message>
            <source>Mirror left and right</source>
            <translation>左右对称</translation>
        </message>
        <message>
            <source>Mirror top and bottom</source>
            <translation>上下对称</translation>
        </message>
        <message>
            <source>sector</source>
            <translation>扇区</translation>
        </message>
        <message>
            <source>mean</source>
            <translation>平均</translation>
        </message>
        <message>
            <source>lightest</source>
            <translation>最亮</translation>
        </message>
        <message>
            <source>darkest</source>
            <translation>最暗</translation>
        </message>
        <message>
            <source>Folds</source>
            <translation>等分</translation>
        </message>
        <message>
            <source>How often the picture looks the same in one turn.</source>
            <translation>转一圈中图片有多少次看起来相同。</translation>
        </message>
        <message>
            <source>Made of</source>
            <translation>组成方式</translation>
        </message>
        <message>
            <source>One sector repeated, or all turned copies laid over each other.</source>
            <translation>重复一个扇区，或把所有转过的副本叠在一起。</translation>
        </message>
        <message>
            <source>To the right, in widths of the picture.</source>
            <translation>向右，以图片宽度为单位。</translation>
        </message>
        <message>
            <source>Downwards</source>
            <translation>向下</translation>
        </message>
        <message>
            <source>In heights of the picture.</source>
            <translation>以图片高度为单位。</translation>
        </message>
        <message>
            <source>n-fold rotational symmetry without mirrors (the cyclic group Cₙ). Sector: a pixel at angle φ and distance r from the centre takes the colour at distance r and angle ((φ − turn) mod 2π/n) + from angle. Otherwise the mean of the n copies turned by 2πk/n − turn, or of them the one with the greatest or least luma 0.2126 R + 0.7152 G + 0.0722 B. Places are rounded to 1/32 pixel.</source>
            <translation>没有镜像的 n 重旋转对称（循环群 Cₙ）。扇区：与中心成角 φ、距离 r 的像素取距离 r、角度 ((φ − 转动) mod 2π/n) + 起始角度处的颜色。否则取 n 个转过 2πk/n − 转动 的副本的平均值，或其中亮度 0.2126 R + 0.7152 G + 0.0722 B 最大或最小的一个。位置舍入到 1/32 像素。</translation>
        </message>
        <message>
            <source>Moves the picture by whole pixels, round(across · width) to the right and round(down · height) downwards; what leaves at one edge comes in at the other, or what lies beyond the edge is chosen otherwise. Half of each side brings the seams of a tile into its middle.</source>
            <translation>把图片移动整数个像素：向右 round(横向 · 宽)，向下 round(向下 · 高)；从一侧边缘移出的部分从另一侧进入，也可另选边缘之外的内容。两边各移一半，平铺的接缝就到了中间。</translation>
        </message>
        <message>
            <source>Copies turned around the centre.</source>
            <translation>绕中心旋转的份数。</translation>
        </message>
        <message>
            <source>Centre x</source>
            <translation>中心 x</translation>
        </message>
        <message>
            <source>Centre y</source>
            <translation>中心 y</translation>
        </message>
        <message>
            <source>Font</source>
            <translation>字体</translation>
        </message>
        <message>
            <source>Weight</source>
            <translation>字重</translation>
        </message>
        <message>
            <source>Italic</source>
            <translation>倾斜</translation>
        </message>
        <message>
            <source>Letter spacing</source>
            <translation>字距</translation>
        </message>
        <message>
            <source>Line spacing</source>
            <translation>行距</translation>
        </message>
        <message>
            <source>Alignment</source>
            <translation>对齐</translation>
        </message>
        <message>
            <source>Close up marks</source>
            <translation>标点挤压</translation>
        </message>
        <message>
            <source>Chinese marks beside each other share one width</source>
            <translation>相邻的中文标点合占一个字宽</translation>
        </message>
        <message>
            <source>Upright numbers</source>
            <translation>纵中横</translation>
        </message>
        <message>
            <source>In columns, numbers of one or two digits stand upright</source>
            <translation>竖排时一两位的数字直立</translation>
        </message>
        <message>
            <source>Form</source>
            <translation>形状</translation>
        </message>
        <message>
            <source>Start x</source>
            <translation>起点 x</translation>
        </message>
        <message>
            <source>Start y</source>
            <translation>起点 y</translation>
        </message>
        <message>
            <source>End x</source>
            <translation>终点 x</translation>
        </message>
        <message>
            <source>End y</source>
            <translation>终点 y</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>颜色</translation>
        </message>
        <message>
            <source>Beyond the ends</source>
            <translation>两端之外</translation>
        </message>
        <message>
            <source>Hold the last colour, repeat, or go back and forth.</source>
            <translation>保持末端颜色、重复，或往返。</translation>
        </message>
        <message>
            <source>Noise like a picture</source>
            <translation>仿照画面的噪声</translation>
        </message>
        <message>
            <source>alpha</source>
            <translation>Alpha</translation>
        </message>
        <message>
            <source>red</source>
            <translation>红</translation>
        </message>
        <message>
            <source>opengl</source>
            <translation>OpenGL</translation>
        </message>
        <message>
            <source>directx</source>
            <translation>DirectX</translation>
        </message>
        <message>
            <source>sobel</source>
            <translation>Sobel</translation>
        </message>
        <message>
            <source>scharr</source>
            <translation>Scharr</translation>
        </message>
        <message>
            <source>Heights from</source>
            <translation>高度来源</translation>
        </message>
        <message>
            <source>What is high: the light, the opaque, or what has much red.</source>
            <translation>哪里算高：亮处、不透明处，或红色多的地方。</translation>
        </message>
        <message>
            <source>Seamless</source>
            <translation>无缝</translation>
        </message>
        <message>
            <source>The picture goes on at its other edge, as a tile does.</source>
            <translation>图片在另一侧边缘处接续，如同平铺。</translation>
        </message>
        <message>
            <source>Invert heights</source>
            <translation>反转高度</translation>
        </message>
        <message>
            <source>Dark places are high.</source>
            <translation>暗处为高。</translation>
        </message>
        <message>
            <source>Relief height</source>
            <translation>起伏高度</translation>
        </message>
        <message>
            <source>How many pixels the highest rises above the lowest.</source>
            <translation>最高处比最低处高出多少像素。</translation>
        </message>
        <message>
            <source>OpenGL: bright where a slope faces up. DirectX: where it faces down.</source>
            <translation>OpenGL：朝上的坡面较亮。DirectX：朝下的坡面较亮。</translation>
        </message>
        <message>
            <source>Slopes by</source>
            <translation>坡度算子</translation>
        </message>
        <message>
            <source>How far away something may stand in the light.</source>
            <translation>多远之内的东西会挡住光。</translation>
        </message>
        <message>
            <source>Directions</source>
            <translation>方向</translation>
        </message>
        <message>
            <source>In how many directions the horizon is looked for.</source>
            <translation>在多少个方向上寻找地平线。</translation>
        </message>
        <message>
            <source>Size of the edges and hollows that are looked for.</source>
            <translation>所寻找的棱与凹处的大小。</translation>
        </message>
        <message>
            <source>Edges brighter, hollows darker than a middle grey.</source>
            <translation>棱比中灰亮，凹处比中灰暗。</translation>
        </message>
        <message>
            <source>Gradients longer than this are taken away.</source>
            <translation>比这更长的渐变会被去除。</translation>
        </message>
        <message>
            <source>The normals of a relief z = relief · h, h the luma 0.2126 R + 0.7152 G + 0.0722 B (encoded), the opacity or red: n = (−zx, ±zy, 1) / √(zx² + zy² + 1), y downwards, + for OpenGL and − for DirectX, shown as (n + 1) / 2. Slopes are half the difference of the neighbours on either side, three rows weighted 1 : 2 : 1 (Sobel) or 3 : 10 : 3 (Scharr, 2000). Beyond the edge the outermost pixels are repeated, or the other edge follows. Opacity stays; a transparent place counts as the mean around it.</source>
            <translation>浮雕 z = 起伏 · h 的法线，h 为编码亮度 0.2126 R + 0.7152 G + 0.0722 B、不透明度或红色：n = (−zx, ±zy, 1) / √(zx² + zy² + 1)，y 向下，OpenGL 取 +，DirectX 取 −，显示为 (n + 1) / 2。坡度为两侧相邻像素之差的一半，三行按 1 : 2 : 1（Sobel）或 3 : 10 : 3（Scharr，2000）加权。边缘之外重复最外侧的像素，或接续另一侧边缘。不透明度不变；透明处按其周围的平均值计。</translation>
        </message>
        <message>
            <source>How much of an even sky each place of a relief z = relief · h sees: the mean over directions of 1 − sin H, tan H the greatest rise (z' − z) / distance up to the radius, at least 0, looked for at distances that grow by 1.4 or one pixel (horizon-based ambient occlusion: Bavoil, Sainz and Dimitrov, SIGGRAPH 2008). Heights and edges as in Normal map.</source>
            <translation>浮雕 z = 起伏 · h 的每一处能看到多少均匀的天空：各方向上 1 − sin H 的平均值，tan H 为半径以内 (z' − z) / 距离 的最大值，至少为 0，所取距离按 1.4 倍或一个像素递增（基于地平线的环境光遮蔽：Bavoil、Sainz 与 Dimitrov，SIGGRAPH 2008）。高度与边缘同法线贴图。</translation>
        </message>
        <message>
            <source>½ − amount · d / 4, d the difference over 2 radii, across plus down, of ∇z / √(1 + |∇z|²), itself by differences over 2 radii of the relief z = relief · h: twice the mean curvature times 2 radii (do Carmo, Differential Geometry, 1976, section 3.3). Ridges are bright, hollows dark. Heights and edges as in Normal map.</source>
            <translation>½ − 数量 · d / 4，d 为 ∇z / √(1 + |∇z|²) 在 2 倍半径上的横向差与纵向差之和，∇z 本身也按 2 倍半径求差，z = 起伏 · h：即两倍平均曲率乘以 2 倍半径（do Carmo，Differential Geometry，1976，3.3 节）。凸棱亮，凹处暗。高度与边缘同法线贴图。</translation>
        </message>
        <message>
            <source>c + amount · (m − g): from each encoded colour its Gaussian blur g of the given sigma is taken, colours weighted by their opacity, and the mean m of the whole picture added, so that large gradients go and detail stays. Beyond the edge the outermost pixels are repeated, or the other edge follows. Opacity stays.</source>
            <translation>c + 数量 · (m − g)：从每个编码颜色减去给定标准差的高斯模糊 g（颜色按不透明度加权），再加上整幅图片的平均值 m，于是大尺度的渐变消失而细节保留。边缘之外重复最外侧的像素，或接续另一侧边缘。不透明度不变。</translation>
        </message>
        <message>
            <source>green</source>
            <translation>绿</translation>
        </message>
        <message>
            <source>blue</source>
            <translation>蓝</translation>
        </message>
        <message>
            <source>Tone</source>
            <translation>色调依据</translation>
        </message>
        <message>
            <source>What is compared with the threshold.</source>
            <translation>与阈值比较的是什么。</translation>
        </message>
        <message>
            <source>Tones from here on become the second colour.</source>
            <translation>从这里起的色调变成第二种颜色。</translation>
        </message>
        <message>
            <source>Upper end</source>
            <translation>上限</translation>
        </message>
        <message>
            <source>Tones above it become the first colour again; at 1 none do.</source>
            <translation>高于它的色调又变回第一种颜色；为 1 时没有。</translation>
        </message>
        <message>
            <source>Width of tones over which one colour passes into the other.</source>
            <translation>一种颜色过渡到另一种的色调宽度。</translation>
        </message>
        <message>
            <source>First colour</source>
            <translation>第一种颜色</translation>
        </message>
        <message>
            <source>Second colour</source>
            <translation>第二种颜色</translation>
        </message>
        <message>
            <source>Each channel: few colours. Luma, value or luminance: few tones, hues stay.</source>
            <translation>各通道：颜色变少。加权亮度、明度或光亮度：色调变少，色相不变。</translation>
        </message>
        <message>
            <source>Each encoded value v becomes ⌊v(n − 1) + ½⌋ / (n − 1), n the number of levels: the nearest of n evenly spaced tones; steps go on beyond 0–1. With luma (Rec. 709) or value max(r, g, b) that tone is rounded and the three channels are multiplied alike; with luminance 0.2126 R + 0.7152 G + 0.0722 B of linear light, encoded, and those of linear light are multiplied. With softness s the part f of a step beyond its lower end counts clip((f − ½) / s + ½) (uniform quantisation; Gonzalez and Woods, Digital Image Processing, ch. 2).</source>
            <translation>每个编码值 v 变为 ⌊v(n − 1) + ½⌋ / (n − 1)，n 为级数：即 n 个等距色调中最近的一个；在 0–1 之外级数继续延伸。选加权亮度（Rec. 709）或明度 max(r, g, b) 时，对该色调取整，三个通道同乘；选光亮度时，取线性光照的 0.2126 R + 0.7152 G + 0.0722 B 并编码，线性光照的三个通道同乘。柔和度为 s 时，超出级下端的部分 f 计为 clip((f − ½) / s + ½)（均匀量化；Gonzalez 与 Woods，《数字图像处理》第 2 章）。</translation>
        </message>
        <message>
            <source>Share of each step over which it passes into the next.</source>
            <translation>每一级中用于过渡到下一级的比例。</translation>
        </message>
        <message>
            <source>From what dark tones become to what light ones become.</source>
            <translation>从暗部变成的颜色到亮部变成的颜色。</translation>
        </message>
        <message>
            <source>What of a colour chooses the place in the gradient.</source>
            <translation>由颜色的哪一项决定在渐变中的位置。</translation>
        </message>
        <message>
            <source>Colours between</source>
            <translation>颜色过渡</translation>
        </message>
        <message>
            <source>Turned round</source>
            <translation>反向</translation>
        </message>
        <message>
            <source>A colour whose tone lies within the threshold t and the upper end u, both included (u = 1: no upper end), becomes the second colour, any other the first. Tone: luma 0.2126 r + 0.7152 g + 0.0722 b of encoded values (Rec. 709), luminance the same of linear light, encoded again, value max(r, g, b), or a channel; each channel is compared alone if asked for; of opacity, alpha becomes 0 or 1. With softness s the share of the second colour is clip((tone − t) / s + ½), times 1 minus the same for u (Gonzalez and Woods, Digital Image Processing, ch. 10).</source>
            <translation>色调在阈值 t 与上限 u 之间（含两端；u = 1 表示没有上限）的颜色变为第二种颜色，其余变为第一种。色调：加权亮度为编码值的 0.2126 r + 0.7152 g + 0.0722 b（Rec. 709），光亮度为线性光照的同一加权再编码，明度为 max(r, g, b)，或某一通道；可对各通道分别比较；对不透明度，alpha 变为 0 或 1。柔和度为 s 时，第二种颜色的比例为 clip((色调 − t) / s + ½)，再乘以 1 减去对 u 的同一式（Gonzalez 与 Woods，《数字图像处理》第 10 章）。</translation>
        </message>
        <message>
            <source>Posterise</source>
            <translation>色调分离</translation>
        </message>
        <message>
            <source>Gradient map</source>
            <translation>渐变映射</translation>
        </message>
        <message>
            <source>The tone of each colour, cut to 0–1, chooses a place between the gradient's first and last stop, whose colour it gets: luma 0.2126 r + 0.7152 g + 0.0722 b of encoded values (Rec. 709), luminance the same of linear light, encoded again, value max(r, g, b), or one channel. Between stops colours run straight in OKLab (Ottosson, 2020), encoded or in linear light, weighted by their opacity; the table has 4097 entries. A stop's opacity multiplies that of the picture.</source>
            <translation>每种颜色的色调截到 0–1，决定渐变首尾色标之间的位置，并取该处的颜色：加权亮度为编码值的 0.2126 r + 0.7152 g + 0.0722 b（Rec. 709），光亮度为线性光照的同一加权再编码，明度为 max(r, g, b)，或某一通道。色标之间的颜色在 OKLab（Ottosson，2020）、编码值或线性光照中直线变化，按不透明度加权；表有 4097 项。色标的不透明度与图片的相乘。</translation>
        </message>
        <message>
            <source>As stored; even to the eye (OKLab), without grey in the middle; or as light mixes.</source>
            <translation>按存储值；按视觉均匀（OKLab），中间不发灰；或按光的混合。</translation>
        </message>
        <message>
            <source>floyd-steinberg</source>
            <translation>Floyd–Steinberg</translation>
        </message>
        <message>
            <source>jarvis-judice-ninke</source>
            <translation>Jarvis–Judice–Ninke</translation>
        </message>
        <message>
            <source>stucki</source>
            <translation>Stucki</translation>
        </message>
        <message>
            <source>burkes</source>
            <translation>Burkes</translation>
        </message>
        <message>
            <source>sierra</source>
            <translation>Sierra</translation>
        </message>
        <message>
            <source>atkinson</source>
            <translation>Atkinson</translation>
        </message>
        <message>
            <source>bayer</source>
            <translation>Bayer</translation>
        </message>
        <message>
            <source>each-channel</source>
            <translation>各通道</translation>
        </message>
        <message>
            <source>How many tones of this channel are left.</source>
            <translation>该通道留下多少种色调。</translation>
        </message>
        <message>
            <source>How the error of a pixel is passed on; Bayer: a fixed pattern.</source>
            <translation>像素的误差如何传递；Bayer：固定图案。</translation>
        </message>
        <message>
            <source>Row by row from the left each value (cut to 0–1, encoded or linear light, of each channel or of luma with the weights of Rec. 709) plus the errors it was given becomes the nearest of n tones evenly spaced in encoded values, n of its own for each channel if asked for; strength times its error is given to pixels right of it and below, in shares of Floyd and Steinberg (1976), Jarvis, Judice and Ninke (1976), Stucki (1981), Burkes (1988), Sierra (1989) or Atkinson (three quarters in all). Transparent pixels give none. Bayer (1973): the tone above where the part of the way to it exceeds ½ + strength · (m − ½), m the 8 × 8 matrix of (k + ½) / 64 at the pixel's place.</source>
            <translation>自左逐行，每个值（截到 0–1，按存储值或线性光照，各通道或 Rec. 709 加权亮度）加上所得误差，变为按存储值等距的 n 个色调中最近的一个，可让各通道各有其 n；其误差乘以强度分给右侧与下方的像素，比例依 Floyd 与 Steinberg（1976）、Jarvis、Judice 与 Ninke（1976）、Stucki（1981）、Burkes（1988）、Sierra（1989）或 Atkinson（共四分之三）。透明像素不传递误差。Bayer（1973）：走向上一色调的比例超过 ½ + 强度 · (m − ½) 时取上一色调，m 为该处 8 × 8 矩阵的 (k + ½) / 64。</translation>
        </message>
        <message>
            <source>Levels</source>
            <translation>色阶</translation>
        </message>
        <message>
            <source>How many tones are left.</source>
            <translation>留下多少种色调。</translation>
        </message>
        <message>
            <source>Otherwise each of them has levels of its own.</source>
            <translation>否则三者各设级数。</translation>
        </message>
        <message>
            <source>Levels of red</source>
            <translation>红色级数</translation>
        </message>
        <message>
            <source>Levels of green</source>
            <translation>绿色级数</translation>
        </message>
        <message>
            <source>Levels of blue</source>
            <translation>蓝色级数</translation>
        </message>
        <message>
            <source>Of</source>
            <translation>对象</translation>
        </message>
        <message>
            <source>Each channel: few colours. Grey: black, white and greys.</source>
            <translation>各通道：少数颜色。灰度：黑、白与灰。</translation>
        </message>
        <message>
            <source>Linear light: seen from afar it is as light as before.</source>
            <translation>线性光照：远看与原来一样亮。</translation>
        </message>
        <message>
            <source>Share of the error that is passed on; 0: plain posterising.</source>
            <translation>传递误差的比例；0：单纯的色调分离。</translation>
        </message>
        <message>
            <source>Dither</source>
            <translation>抖动</translation>
        </message>
        <message>
            <source>A grain below one step of 8 bits hides bands.</source>
            <translation>小于 8 位一级的颗粒可消除色带。</translation>
        </message>
        <message>
            <source>Gradient</source>
            <translation>渐变</translation>
        </message>
        <message>
            <source>square</source>
            <translation>正方形</translation>
        </message>
        <message>
            <source>isometric</source>
            <translation>等距</translation>
        </message>
        <message>
            <source>Grid</source>
            <translation>网格</translation>
        </message>
        <message>
            <source>Cell width</source>
            <translation>格宽</translation>
        </message>
        <message>
            <source>Cell height</source>
            <translation>格高</translation>
        </message>
        <message>
            <source>Subdivisions</source>
            <translation>细分</translation>
        </message>
        <message>
            <source>Offset x</source>
            <translation>水平偏移</translation>
        </message>
        <message>
            <source>Offset y</source>
            <translation>垂直偏移</translation>
        </message>
        <message>
            <source>Isometric angle</source>
            <translation>等距角度</translation>
        </message>
        <message>
            <source>Photomosaic</source>
            <translation>照片马赛克</translation>
        </message>
        <message>
            <source>landscape</source>
            <translation>横向</translation>
        </message>
        <message>
            <source>A mosaic needs at least one picture that can be opened.</source>
            <translation>马赛克至少需要一张能打开的图片。</translation>
        </message>
        <message>
            <source>The mosaic would be {width} × {height} pixels. Choose fewer columns or smaller tiles.</source>
            <translation>马赛克将有 {width} × {height} 像素。请减少列数或缩小图块。</translation>
        </message>
        <message>
            <source>Columns</source>
            <translation>列</translation>
        </message>
        <message>
            <source>How many small pictures stand side by side.</source>
            <translation>并排放多少张小图片。</translation>
        </message>
        <message>
            <source>Tile</source>
            <translation>图块</translation>
        </message>
        <message>
            <source>Longer side of each small picture.</source>
            <translation>每张小图片的长边。</translation>
        </message>
        <message>
            <source>Shape</source>
            <translation>形状</translation>
        </message>
        <message>
            <source>The picture is cut into columns of places. Place and candidates are described by the mean colours, in OKLab (Ottosson, 2020), of detail × detail blocks; from the upper left each place takes the nearest candidate by the sum of squares that does not already stand within the given distance and is not used up. With variety v the sum of squares of each candidate at each place is first increased by detail² · v² · u, u even between 0 and 1 from Philox for the seed. By the tint each pixel is moved by the difference between the blocks of the place and those of its tile, joined linearly.</source>
            <translation>图片按列数分成许多格。每格与候选图片都用“细节 × 细节”个分块在 OKLab（Ottosson，2020）中的平均颜色描述；从左上角起，每格取平方和最小、在给定距离内尚未出现且未用完的候选。多样性为 v 时，每格每个候选的平方和先加上 细节² · v² · u，u 由种子经 Philox 在 0 与 1 之间均匀产生。按着色量，每个像素移动该格与图块的分块颜色之差，差值线性衔接。</translation>
        </message>
        <message>
            <source>Into how many blocks along a side a tile is looked at.</source>
            <translation>每边把图块分成多少块来比较。</translation>
        </message>
        <message>
            <source>So many places around it a picture does not come again, where there are enough.</source>
            <translation>在周围这么多格内同一张图片不再出现（图片足够时）。</translation>
        </message>
        <message>
            <source>Times at most</source>
            <translation>最多次数</translation>
        </message>
        <message>
            <source>How often each picture may be used, where there are enough; 0: any number.</source>
            <translation>每张图片最多用多少次（图片足够时）；0 表示不限。</translation>
        </message>
        <message>
            <source>How far tiles take on the colours of their places.</source>
            <translation>图块在多大程度上取得所在处的颜色。</translation>
        </message>
        <message>
            <source>How far from the nearest colours a picture may be that chance prefers.</source>
            <translation>随机挑选的图片可以偏离最接近颜色多远。</translation>
        </message>
        <message>
            <source>Rows</source>
            <translation>行</translation>
        </message>
        <message>
            <source>Collage</source>
            <translation>拼贴画</translation>
        </message>
        <message>
            <source>rows</source>
            <translation>按行</translation>
        </message>
        <message>
            <source>scattered</source>
            <translation>散放</translation>
        </message>
        <message>
            <source>A collage needs at least one picture that can be opened.</source>
            <translation>拼贴画至少需要一张能打开的图片。</translation>
        </message>
        <message>
            <source>The collage would be {width} × {height} pixels. Choose a smaller width or lower rows.</source>
            <translation>拼贴画将有 {width} × {height} 像素。请选择较小的宽度或较低的行高。</translation>
        </message>
        <message>
            <source>Rows: pictures in their order, uncut, each row as wide as the sheet; rows are broken so that the sum of the squares of ln (height / row height) is least (dynamic programming, as lines of text are broken: Knuth and Plass, 1981). Scattered: each picture with a white frame and a shadow in a cell of a grid, moved by chance within a third of it and turned by an angle up to the given one, from Philox for the seed.</source>
            <translation>按行：图片依次排列、不裁切，每行与版面同宽；换行使 ln（高度 / 行高）的平方和最小（动态规划，如同文字断行：Knuth 与 Plass，1981）。散放：每张图片带白框和阴影，位于网格的一格中，随机移动不超过格子的三分之一，并转动不超过给定的角度，随机数由 Philox 按种子产生。</translation>
        </message>
        <message>
            <source>Layout</source>
            <translation>版式</translation>
        </message>
        <message>
            <source>Row height</source>
            <translation>行高</translation>
        </message>
        <message>
            <source>About how high a row is, or a scattered picture with its frame.</source>
            <translation>每行大约多高；散放时为一张图片的大小。</translation>
        </message>
        <message>
            <source>Between pictures.</source>
            <translation>图片之间。</translation>
        </message>
        <message>
            <source>Margin</source>
            <translation>边距</translation>
        </message>
        <message>
            <source>Around all of them.</source>
            <translation>围绕全部图片。</translation>
        </message>
        <message>
            <source>How far pictures are turned at most.</source>
            <translation>图片最多转动多少。</translation>
        </message>
        <message>
            <source>White frame</source>
            <translation>白框</translation>
        </message>
        <message>
            <source>In row heights; wider at the foot.</source>
            <translation>以行高为单位；下边更宽。</translation>
        </message>
        <message>
            <source>Shuffle</source>
            <translation>打乱顺序</translation>
        </message>
        <message>
            <source>Else they come in the order of their names.</source>
            <translation>否则按名称顺序排列。</translation>
        </message>
        <message>
            <source>Gutter</source>
            <translation>间距</translation>
        </message>
        <message>
            <source>portrait</source>
            <translation>竖幅</translation>
        </message>
        <message>
            <source>tall</source>
            <translation>竖屏</translation>
        </message>
        <message>
            <source>wide</source>
            <translation>横屏</translation>
        </message>
        <message>
            <source>replicate</source>
            <translation>重复边缘</translation>
        </message>
        <message>
            <source>reflect</source>
            <translation>镜像</translation>
        </message>
        <message>
            <source>white</source>
            <translation>白色</translation>
        </message>
        <message>
            <source>Whether this channel is convolved; otherwise it stays.</source>
            <translation>是否对该通道做卷积；否则保持不变。</translation>
        </message>
        <message>
            <source>Kernel</source>
            <translation>卷积核</translation>
        </message>
        <message>
            <source>Rows of numbers, with semicolons between rows and spaces between numbers; odd sides up to 31.</source>
            <translation>各行数字：行间用分号，数字间用空格；边长为奇数，最大 31。</translation>
        </message>
        <message>
            <source>Divisor</source>
            <translation>除数</translation>
        </message>
        <message>
            <source>The sum is divided by it; 0 takes the sum of the kernel, or 1 where that is 0.</source>
            <translation>总和除以此数；0 表示取卷积核之和，该和为 0 时取 1。</translation>
        </message>
        <message>
            <source>Offset</source>
            <translation>偏移</translation>
        </message>
        <message>
            <source>Added at the end; 1 is the full range from black to white.</source>
            <translation>最后加上；1 为从黑到白的全范围。</translation>
        </message>
        <message>
            <source>Padding</source>
            <translation>填充</translation>
        </message>
        <message>
            <source>What lies beyond the edge of the picture.</source>
            <translation>图片边缘之外是什么。</translation>
        </message>
        <message>
            <source>Stride</source>
            <translation>步幅</translation>
        </message>
        <message>
            <source>Only every so many pixels are computed, and fill the squares between.</source>
            <translation>每隔这么多像素才计算一次，并填满其间的方块。</translation>
        </message>
        <message>
            <source>Dilation</source>
            <translation>膨胀</translation>
        </message>
        <message>
            <source>Pixels from one number of the kernel to the next.</source>
            <translation>卷积核中相邻两个数相隔的像素数。</translation>
        </message>
        <message>
            <source>Opacity too</source>
            <translation>包括不透明度</translation>
        </message>
        <message>
            <source>Opacity is convolved like the colours; otherwise it stays.</source>
            <translation>不透明度与颜色一样参与卷积；否则保持不变。</translation>
        </message>
        <message>
            <source>Lays the kernel k on the picture, its middle on the pixel, and shows Σ k(i, j) c(x + i d, y + j d) / divisor + offset of the encoded colours c, d the dilation; with a stride of s it is computed at every s-th pixel from the origin, whose value fills the square right of and below it (Gonzalez and Woods, Digital Image Processing, section 3.4, as correlation). A neighbour of opacity a counts as a mix of its colour and, in the part 1 − a, of the pixel's own, and opacity stays; with opacity too, colours times opacity, and opacity, are summed like any value. A channel that is switched off keeps its straight value. Beyond the edge lies what padding says; a picture that repeats has no edge; what is no number counts as 0.</source>
            <translation>把卷积核 k 放在图片上，中心对准像素，显示编码颜色 c 的 Σ k(i, j) c(x + i d, y + j d) / 除数 + 偏移，d 为膨胀；步幅为 s 时从原点起每隔 s 个像素计算一次，其值填满右下方的方块（Gonzalez 与 Woods，《数字图像处理》3.4 节，按相关运算）。不透明度为 a 的邻近像素按其颜色与（占 1 − a 的）该像素自身颜色的混合计；不透明度不变；选择“包括不透明度”时，颜色乘以不透明度，与不透明度一样求和。关闭的通道保留其自身的值。边缘之外由填充决定；重复的图片没有边缘；非数值按 0 计。</translation>
        </message>
        <message>
            <source>Custom kernel</source>
            <translation>自定义卷积核</translation>
        </message>
        <message>
            <source>grey</source>
            <translation>灰色</translation>
        </message>
        <message>
            <source>black</source>
            <translation>黑色</translation>
        </message>
        <message>
            <source>tree</source>
            <translation>树</translation>
        </message>
        <message>
            <source>pine</source>
            <translation>松树</translation>
        </message>
        <message>
            <source>bush</source>
            <translation>灌木</translation>
        </message>
        <message>
            <source>fern</source>
            <translation>蕨</translation>
        </message>
        <message>
            <source>bamboo</source>
            <translation>竹子</translation>
        </message>
        <message>
            <source>grass</source>
            <translation>草</translation>
        </message>
        <message>
            <source>Plant</source>
            <translation>植物</translation>
        </message>
        <message>
            <source>Plants</source>
            <translation>株数</translation>
        </message>
        <message>
            <source>How many stand beside each other; those behind are paler.</source>
            <translation>并排长多少株；后面的颜色较淡。</translation>
        </message>
        <message>
            <source>Between two plants, in their heights.</source>
            <translation>两株之间的距离，以株高为单位。</translation>
        </message>
        <message>
            <source>Age</source>
            <translation>年龄</translation>
        </message>
        <message>
            <source>Steps of growth more or fewer than the plant usually has.</source>
            <translation>比该植物通常多长或少长几步。</translation>
        </message>
        <message>
            <source>Branching</source>
            <translation>分枝</translation>
        </message>
        <message>
            <source>Angle between branches; 100 % is what the plant usually has.</source>
            <translation>枝条之间的角度；100 % 为该植物通常的角度。</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>时长</translation>
        </message>
        <message>
            <source>Of each branch beside the one before; below 100 % crowns are dense.</source>
            <translation>每根枝条相对前一根的长度；低于 100 % 树冠更密。</translation>
        </message>
        <message>
            <source>Thickness</source>
            <translation>粗细</translation>
        </message>
        <message>
            <source>Leaves</source>
            <translation>叶片</translation>
        </message>
        <message>
            <source>Their size; 0 % is winter.</source>
            <translation>叶片大小；0 % 为冬天。</translation>
        </message>
        <message>
            <source>How much angles and lengths differ, by the seed.</source>
            <translation>角度和长度的差异程度，由种子决定。</translation>
        </message>
        <message>
            <source>Stem</source>
            <translation>茎色</translation>
        </message>
        <message>
            <source>Leaf</source>
            <translation>叶色</translation>
        </message>
        <message>
            <source>Leaf in the light</source>
            <translation>受光叶色</translation>
        </message>
        <message>
            <source>Plant (L-system)</source>
            <translation>植物（L 系统）</translation>
        </message>
        <message>
            <source>A parametric L-system (Prusinkiewicz and Lindenmayer, The Algorithmic Beauty of Plants, 1990): symbols are replaced age times by one of their rules, chosen by the seed, each symbol with its share of the length; a turtle draws what is left as tapered strokes. Radii follow Leonardo da Vinci's rule, r^p the sum of what the branch carries. Tree, pine, bush, fern, bamboo and grass are the grammars of growth.py.</source>
            <translation>参数化 L 系统（Prusinkiewicz 与 Lindenmayer，The Algorithmic Beauty of Plants，1990）：符号按“年龄”次数被自己的某条规则替换，规则由种子选择，每个符号得到长度的一份；海龟把最终结果画成渐细的笔画。半径遵循达·芬奇法则：r^p 等于枝条所承载部分之和。树、松树、灌木、蕨、竹子和草的文法见 growth.py。</translation>
        </message>
        <message>
            <source>Frame</source>
            <translation>画幅</translation>
        </message>
        <message>
            <source>Hold the end</source>
            <translation>结尾停留</translation>
        </message>
        <message>
            <source>Background</source>
            <translation>背景</translation>
        </message>
        <message>
            <source>inside</source>
            <translation>内侧</translation>
        </message>
        <message>
            <source>centre</source>
            <translation>居中</translation>
        </message>
        <message>
            <source>outside</source>
            <translation>外侧</translation>
        </message>
        <message>
            <source>At the canvas edge too</source>
            <translation>画布边缘也算</translation>
        </message>
        <message>
            <source>Otherwise what is selected counts as going on beyond the edge of the canvas.</source>
            <translation>否则选区被视为延伸到画布边缘之外。</translation>
        </message>
        <message>
            <source>Scratches</source>
            <translation>划痕</translation>
        </message>
        <message>
            <source>Dust</source>
            <translation>灰尘</translation>
        </message>
        <message>
            <source>Sensitivity</source>
            <translation>灵敏度</translation>
        </message>
        <message>
            <source>More finds fainter flaws, and more that are none.</source>
            <translation>越高越能找到淡的瑕疵，也越容易误判。</translation>
        </message>
        <message>
            <source>Largest</source>
            <translation>最大尺寸</translation>
        </message>
        <message>
            <source>How wide a scratch is, and how large a speck, at most.</source>
            <translation>划痕最宽、斑点最大可达多少。</translation>
        </message>
        <message>
            <source>Shortest scratch</source>
            <translation>最短划痕</translation>
        </message>
        <message>
            <source>What is straight for so long is a scratch.</source>
            <translation>直线达到这个长度就算划痕。</translation>
        </message>
        <message>
            <source>Grow by</source>
            <translation>扩展量</translation>
        </message>
        <message>
            <source>How far beyond its edge a flaw is selected.</source>
            <translation>选区超出瑕疵边缘多远。</translation>
        </message>
        <message>
            <source>How it joins what is selected.</source>
            <translation>它与已有选区如何结合。</translation>
        </message>
        <message>
            <source>Shrink by</source>
            <translation>收缩量</translation>
        </message>
        <message>
            <source>Feather</source>
            <translation>羽化</translation>
        </message>
        <message>
            <source>How far the edge fades on each side.</source>
            <translation>边缘向两侧渐隐的距离。</translation>
        </message>
        <message>
            <source>Smooth over</source>
            <translation>平滑范围</translation>
        </message>
        <message>
            <source>Corners are rounded, specks and holes smaller than this go.</source>
            <translation>尖角变圆，小于此值的杂点和孔洞消失。</translation>
        </message>
        <message>
            <source>Begins at</source>
            <translation>开始于</translation>
        </message>
        <message>
            <source>Full from</source>
            <translation>全选自</translation>
        </message>
        <message>
            <source>Full to</source>
            <translation>全选至</translation>
        </message>
        <message>
            <source>Ends at</source>
            <translation>结束于</translation>
        </message>
        <message>
            <source>Where</source>
            <translation>位置</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>perspective-1</source>
            <translation>一点透视</translation>
        </message>
        <message>
            <source>perspective-2</source>
            <translation>两点透视</translation>
        </message>
        <message>
            <source>perspective-3</source>
            <translation>三点透视</translation>
        </message>
        <message>
            <source>parallel</source>
            <translation>平行线</translation>
        </message>
        <message>
            <source>ruler</source>
            <translation>直尺</translation>
        </message>
        <message>
            <source>ellipse</source>
            <translation>椭圆</translation>
        </message>
        <message>
            <source>concentric</source>
            <translation>同心圆</translation>
        </message>
        <message>
            <source>Assistant</source>
            <translation>辅助尺</translation>
        </message>
        <message>
            <source>Strokes keep to it</source>
            <translation>笔画沿着它</translation>
        </message>
        <message>
            <source>original</source>
            <translation>原始比例</translation>
        </message>
        <message>
            <source>A-series</source>
            <translation>A 系列纸张</translation>
        </message>
        <message>
            <source>golden</source>
            <translation>黄金比例</translation>
        </message>
        <message>
            <source>thirds</source>
            <translation>三分法</translation>
        </message>
        <message>
            <source>diagonals</source>
            <translation>对角线</translation>
        </message>
        <message>
            <source>Proportion</source>
            <translation>比例</translation>
        </message>
        <message>
            <source>Upright</source>
            <translation>竖向</translation>
        </message>
        <message>
            <source>The proportion turned on its side</source>
            <translation>将比例横竖互换</translation>
        </message>
        <message>
            <source>Lines</source>
            <translation>参考线型</translation>
        </message>
        <message>
            <source>Delete what is cut off</source>
            <translation>删除裁剪的像素</translation>
        </message>
        <message>
            <source>Otherwise it stays with the layers, beyond the canvas</source>
            <translation>否则像素保留在图层中，位于画布之外</translation>
        </message>
        <message>
            <source>0 keeps the picture's own.</source>
            <translation>0 保持图片原有的大小。</translation>
        </message>
        <message>
            <source>Height</source>
            <translation>高度</translation>
        </message>
        <message>
            <source>repair</source>
            <translation>修复</translation>
        </message>
        <message>
            <source>blend</source>
            <translation>融合</translation>
        </message>
        <message>
            <source>across</source>
            <translation>横向</translation>
        </message>
        <message>
            <source>Block</source>
            <translation>块</translation>
        </message>
        <message>
            <source>Side of the pieces; as large as what repeats in the texture.</source>
            <translation>每块的边长；与纹理中重复的部分一样大。</translation>
        </message>
        <message>
            <source>How far pieces lie over one another; 0 is a sixth of a block.</source>
            <translation>各块相互重叠的宽度；0 为块的六分之一。</translation>
        </message>
        <message>
            <source>Width of the band</source>
            <translation>接缝带宽度</translation>
        </message>
        <message>
            <source>How wide the strip along the edges is that is made anew.</source>
            <translation>沿边缘重新生成的条带宽度。</translation>
        </message>
        <message>
            <source>Edges</source>
            <translation>边缘</translation>
        </message>
        <message>
            <source>Content-aware scale</source>
            <translation>内容识别缩放</translation>
        </message>
        <message>
            <source>Another size by taking out, or doubling, connected seams of pixels with the least forward energy, what is kept costing 10⁴ more and what is removed 10⁴ less (Avidan, Shamir, SIGGRAPH 2007; Rubinstein, Shamir, Avidan, SIGGRAPH 2008). The width changes first, then the height.</source>
            <translation>取走或加倍前向能量最小的相连像素缝，从而得到另一尺寸；经过保留部分的代价多 10⁴，经过去掉部分的少 10⁴（Avidan、Shamir，SIGGRAPH 2007；Rubinstein、Shamir、Avidan，SIGGRAPH 2008）。先改变宽度，再改变高度。</translation>
        </message>
        <message>
            <source>Quilt texture</source>
            <translation>拼合纹理</translation>
        </message>
        <message>
            <source>A picture of any size that goes on as the texture does: row by row a block is drawn by chance among those whose summed squared difference in the overlap is at most 1.1 times the least. It is cut along the path of least summed squared difference e through the overlap, E(i, j) = e(i, j) + min(E(i − 1, j − 1), E(i − 1, j), E(i − 1, j + 1)) (Efros, Freeman, Image quilting, SIGGRAPH 2001).</source>
            <translation>按纹理的样子延续成任意大小的图片：逐行放置图块，每次在重叠处差的平方和不超过最小值 1.1 倍的图块中随机取一块，并沿重叠处差的平方 e 之和最小的路径裁切，E(i, j) = e(i, j) + min(E(i − 1, j − 1), E(i − 1, j), E(i − 1, j + 1))（Efros、Freeman，Image quilting，SIGGRAPH 2001）。</translation>
        </message>
        <message>
            <source>Repair: the picture p is moved by half its size, q(x, y) = p(x − w / 2, y − h / 2) with places counted around its edges, so that these cross in the middle; a band along the cross is filled anew by PatchMatch (Barnes, Shechtman, Finkelstein, Goldman, SIGGRAPH 2009), and it is moved back. Blend: over the n pixels of half the band the pixel at distance i from an edge becomes p + ½ (1 − (i + ½) / n) (m − p), m the one as far from the opposite edge.</source>
            <translation>修补：图片 p 移动其大小的一半，q(x, y) = p(x − w / 2, y − h / 2)，位置越过边缘后从另一边继续，使边缘在中间相交；沿十字的一条带由 PatchMatch 重新填充（Barnes、Shechtman、Finkelstein、Goldman，SIGGRAPH 2009），然后移回。混合：带宽一半为 n 个像素，距边缘 i 的像素变为 p + ½ (1 − (i + ½) / n) (m − p)，m 是距对边同样远的像素。</translation>
        </message>
        <message>
            <source>Make seamless</source>
            <translation>制作无缝图</translation>
        </message>
        <message>
            <source>Cut out</source>
            <translation>抠图</translation>
        </message>
        <message>
            <source>The foreground with soft edges on transparency: alpha in closed form (Levin, Lischinski, Weiss, CVPR 2006) or by the guided filter (He, Sun, Tang, PAMI 2013) in a band around the outline of what is kept, or of what GrabCut finds; its colours by blur fusion (Forte, ICIP 2021).</source>
            <translation>透明背景上边缘柔和的前景：在所保留部分或 GrabCut 所找部分的轮廓周围的一条带内，Alpha 由闭式解（Levin、Lischinski、Weiss，CVPR 2006）或引导滤波（He、Sun、Tang，PAMI 2013）得出；其颜色由模糊融合得出（Forte，ICIP 2021）。</translation>
        </message>
        <message>
            <source>colour</source>
            <translation>前景色</translation>
        </message>
        <message>
            <source>background</source>
            <translation>背景色</translation>
        </message>
        <message>
            <source>pattern</source>
            <translation>图案</translation>
        </message>
        <message>
            <source>Frames a second</source>
            <translation>每秒帧数</translation>
        </message>
        <message>
            <source>The longer side; the other one follows the picture.</source>
            <translation>较长的一边；另一边按图片比例。</translation>
        </message>
        <message>
            <source>Changes</source>
            <translation>变化次数</translation>
        </message>
        <message>
            <source>How often it becomes wholly another pattern before it comes round.</source>
            <translation>回到起点之前，完全变成另一图案的次数。</translation>
        </message>
        <message>
            <source>The pattern alone, or all of the picture with it in its place.</source>
            <translation>只显示图案，或显示包含它的整张图片。</translation>
        </message>
        <message>
            <source>reference</source>
            <translation>参照图层</translation>
        </message>
        <message>
            <source>dots</source>
            <translation>网点</translation>
        </message>
        <message>
            <source>lines</source>
            <translation>线条</translation>
        </message>
        <message>
            <source>crosshatch</source>
            <translation>交叉线</translation>
        </message>
        <message>
            <source>checks</source>
            <translation>棋盘格</translation>
        </message>
        <message>
            <source>grid</source>
            <translation>网格</translation>
        </message>
        <message>
            <source>bricks</source>
            <translation>砖墙</translation>
        </message>
        <message>
            <source>waves</source>
            <translation>波浪</translation>
        </message>
        <message>
            <source>scales</source>
            <translation>鱼鳞纹</translation>
        </message>
        <message>
            <source>triangles</source>
            <translation>三角形</translation>
        </message>
        <message>
            <source>Fill with</source>
            <translation>填充内容</translation>
        </message>
        <message>
            <source>The painting colour, the background colour, a pattern, or nothing.</source>
            <translation>前景色、背景色、图案，或清除。</translation>
        </message>
        <message>
            <source>New layer</source>
            <translation>新建图层</translation>
        </message>
        <message>
            <source>Each fill lands on a layer of its own.</source>
            <translation>每次填充都放在单独的图层上。</translation>
        </message>
        <message>
            <source>How much finer ridges follow the coarser ones.</source>
            <translation>较细的脊跟随较粗的脊的程度。</translation>
        </message>
        <message>
            <source>Warp</source>
            <translation>扭曲</translation>
        </message>
        <message>
            <source>How far points are moved, in sizes.</source>
            <translation>点移动多远，以大小计。</translation>
        </message>
        <message>
            <source>Shows</source>
            <translation>显示</translation>
        </message>
        <message>
            <source>Where the flow goes, or how fast.</source>
            <translation>流向何处，或有多快。</translation>
        </message>
        <message>
            <source>times: give {count} exposure times with commas between them, such as 1/60, 1/15, 1/4</source>
            <translation>times：请给出 {count} 个曝光时间，以逗号分隔，例如 1/60, 1/15, 1/4</translation>
        </message>
        <message>
            <source>times: all pictures would be equally exposed; give times that differ from each other, or a step other than 0</source>
            <translation>times：所有图片的曝光都会相同；请给出互不相同的曝光时间，或不为 0 的步长</translation>
        </message>
        <message>
            <source>Exposure times</source>
            <translation>曝光时间</translation>
        </message>
        <message>
            <source>One for each picture, with commas between them: 1/60, 1/15, 1/4. Without any, those that the files tell, else they rise by the step.</source>
            <translation>每张图片一个，以逗号分隔：1/60, 1/15, 1/4。不填则取文件中记录的曝光时间，没有记录时按步长递增。</translation>
        </message>
        <message>
            <source>Step</source>
            <translation>步长</translation>
        </message>
        <message>
            <source>Exposure of each picture after the one before it.</source>
            <translation>每张图片相对前一张的曝光。</translation>
        </message>
        <message>
            <source>Smoothness</source>
            <translation>平滑度</translation>
        </message>
        <message>
            <source>HDR merge</source>
            <translation>合并为 HDR</translation>
        </message>
        <message>
            <source>The radiance of a bracketed series: the camera's response g is found from 144 pixels by least squares, then ln E = Σ w(z)·(g(z) − ln t) / Σ w(z), w(z) = 1 − |2z − 1|. Encoded pictures of any curve go in; the result is scaled so that the median of green is 0.18 times 2^exposure and encoded with the curve of sRGB, values above 1 kept (Debevec, Malik, Recovering High Dynamic Range Radiance Maps from Photographs, 1997).</source>
            <translation>包围曝光系列的辐照度：由 144 个像素以最小二乘法求出相机响应 g，再取 ln E = Σ w(z)·(g(z) − ln t) / Σ w(z)，w(z) = 1 − |2z − 1|。输入为任意曲线编码的图片；结果缩放到绿色的中位数为 0.18 乘以 2^曝光，并以 sRGB 曲线编码，保留大于 1 的值（Debevec、Malik，Recovering High Dynamic Range Radiance Maps from Photographs，1997）。</translation>
        </message>
        <message>
            <source>Hurst's exponent H: lower is rougher.</source>
            <translation>赫斯特指数 H：越低越粗糙。</translation>
        </message>
        <message>
            <source>Per channel: in colours. Shared: in grey.</source>
            <translation>每通道：彩色。共用：灰色。</translation>
        </message>
        <message>
            <source>Distance to</source>
            <translation>距离</translation>
        </message>
        <message>
            <source>The nearest point, the second, or the second less the nearest.</source>
            <translation>最近的点、第二近的点，或第二近减最近。</translation>
        </message>
        <message>
            <source>Metric</source>
            <translation>度量</translation>
        </message>
        <message>
            <source>How a distance is measured: straight, by streets, or by a king's steps.</source>
            <translation>距离的量法：直线、沿街道，或按国王的步数。</translation>
        </message>
        <message>
            <source>Width of a line of the first colour between the cells.</source>
            <translation>格子之间用第一种颜色画的线的宽度。</translation>
        </message>
        <message>
            <source>Side of one grain; without a tile the whole repeats after 128 of them.</source>
            <translation>一粒的边长；不设平铺时，每 128 粒重复一次。</translation>
        </message>
        <message>
            <source>Pattern</source>
            <translation>图案</translation>
        </message>
        <message>
            <source>Time steps</source>
            <translation>时间步数</translation>
        </message>
        <message>
            <source>How long it has grown: the axis along which it moves.</source>
            <translation>生长了多久：图案沿此轴变化。</translation>
        </message>
        <message>
            <source>Perlin noise</source>
            <translation>柏林噪声</translation>
        </message>
        <message>
            <source>Gradient noise (Perlin, Improving noise, 2002): on each point of a grid of the given size stands a unit vector whose angle is 2πu, u from Philox-4x32-10 for seed, column, row and whole time; a pixel takes the four products of vector and way from the grid point, joined by 6t⁵ − 15t⁴ + 10t³, divided by their standard deviation, times sigma plus mean. Between whole times the vectors are joined by cosine and sine.</source>
            <translation>梯度噪声（Perlin，Improving noise，2002）：在给定大小的网格的每个点上有一个单位向量，角度为 2πu，u 由 Philox-4x32-10 按种子、列、行和整数时间产生；像素取四个格点的向量与位移之积，用 6t⁵ − 15t⁴ + 10t³ 相接，除以其标准差，乘以标准差参数再加均值。整数时间之间，向量按余弦与正弦过渡。</translation>
        </message>
        <message>
            <source>Simplex noise</source>
            <translation>单纯形噪声</translation>
        </message>
        <message>
            <source>Gradient noise on triangles (Perlin 2001; the grid of Gustavson and McEwan, JCGT 11, 2022): rows of points one size apart, each row shifted by half of it; a pixel adds max(0, 0.8 − d²)⁴ (g · d) over the three points of its triangle, g a unit vector whose angle comes from Philox-4x32-10 for seed, point and whole time, d the way from the point in sizes; divided by the standard deviation, times sigma plus mean.</source>
            <translation>三角形上的梯度噪声（Perlin 2001；Gustavson 与 McEwan 的网格，JCGT 11，2022）：各行点相距一个大小，每行错开半个；像素在所在三角形的三个点上累加 max(0, 0.8 − d²)⁴ (g · d)，g 为单位向量，角度由 Philox-4x32-10 按种子、点和整数时间产生，d 为从点出发的位移（以大小计）；除以其标准差，乘以标准差参数再加均值。</translation>
        </message>
        <message>
            <source>Fractal noise</source>
            <translation>分形噪声</translation>
        </message>
        <message>
            <source>Fractional Brownian motion (fBm): Σ gⁱ nᵢ / √Σ g²ⁱ times sigma plus mean, nᵢ Perlin noise of its own with grid size / lacunarityⁱ, g the gain (Musgrave, in Ebert et al., Texturing and Modeling, 2003, chapter 16). Its power falls with frequency as f^(2 log g / log lacunarity − 2).</source>
            <translation>分数布朗运动（fBm）：Σ gⁱ nᵢ / √Σ g²ⁱ 乘以标准差再加均值，nᵢ 为格距 大小 / 频率倍数ⁱ 的各自独立的柏林噪声，g 为增益（Musgrave，载 Ebert 等，Texturing and Modeling，2003，第 16 章）。其功率随频率按 f^(2 log g / log 频率倍数 − 2) 下降。</translation>
        </message>
        <message>
            <source>Half of Σ gⁱ |nᵢ| / Σ gⁱ, nᵢ Perlin noise of standard deviation 1 with grid size / lacunarityⁱ and g the gain: the creases where a noise crosses zero (Perlin, An image synthesizer, SIGGRAPH 1985).</source>
            <translation>Σ gⁱ |nᵢ| / Σ gⁱ 的一半，nᵢ 为标准差 1、格距 大小 / 频率倍数ⁱ 的柏林噪声，g 为增益：噪声过零处的折痕（Perlin，An image synthesizer，SIGGRAPH 1985）。</translation>
        </message>
        <message>
            <source>Ridged noise</source>
            <translation>脊状噪声</translation>
        </message>
        <message>
            <source>Σ gⁱ sᵢ / Σ gⁱ with sᵢ = wᵢ (1 − |nᵢ| / 2)², nᵢ Perlin noise of standard deviation 1, w₀ = 1 and wᵢ₊₁ = min(1, sharpness · sᵢ), so that fine ridges grow on coarse ones (Musgrave's ridged multifractal, in Ebert et al., Texturing and Modeling, 2003, chapter 16).</source>
            <translation>Σ gⁱ sᵢ / Σ gⁱ，其中 sᵢ = wᵢ (1 − |nᵢ| / 2)²，nᵢ 为标准差 1 的柏林噪声，w₀ = 1，wᵢ₊₁ = min(1, 锐度 · sᵢ)，使细脊长在粗脊上（Musgrave 的脊状多重分形，载 Ebert 等，Texturing and Modeling，2003，第 16 章）。</translation>
        </message>
        <message>
            <source>Warped noise</source>
            <translation>扭曲噪声</translation>
        </message>
        <message>
            <source>Fractal noise read at moved points: f(p + s (f₁(p), f₂(p))) with three independent fields of fractal noise of standard deviation 1, s the warp times the size; times sigma plus mean (Quilez, Domain warping, 2002).</source>
            <translation>在移动后的点上读取分形噪声：f(p + s (f₁(p), f₂(p)))，三个场为各自独立、标准差 1 的分形噪声，s 为扭曲乘以大小；乘以标准差再加均值（Quilez，Domain warping，2002）。</translation>
        </message>
        <message>
            <source>Curl noise</source>
            <translation>旋度噪声</translation>
        </message>
        <message>
            <source>The flow (∂ψ/∂y, −∂ψ/∂x) along the contours of fractal noise ψ, which has no sources (Bridson, Hourihan and Nordenstam, Curl-noise for procedural fluid flow, SIGGRAPH 2007), shown through the colours: its direction from 0 to a whole turn, clockwise from the right, or its speed up to about three times the average.</source>
            <translation>沿分形噪声 ψ 的等值线的流动 (∂ψ/∂y, −∂ψ/∂x)，没有源（Bridson、Hourihan 与 Nordenstam，Curl-noise for procedural fluid flow，SIGGRAPH 2007），用颜色显示：方向从 0 到一整圈，从右起顺时针；或速度，最高约为平均的三倍。</translation>
        </message>
        <message>
            <source>Plasma</source>
            <translation>等离子</translation>
        </message>
        <message>
            <source>Σ 2^(−iH) vᵢ, vᵢ random values on a grid of size / 2ⁱ joined by 6t⁵ − 15t⁴ + 10t³, down to the pixel, in each channel by itself: the spectrum of midpoint displacement (Fournier, Fussell and Carpenter, CACM 25, 1982) in a form that has a value at every point and no creases; times sigma plus mean.</source>
            <translation>Σ 2^(−iH) vᵢ，vᵢ 为格距 大小 / 2ⁱ 的随机值，用 6t⁵ − 15t⁴ + 10t³ 相接，细到像素，各通道独立：与中点位移法（Fournier、Fussell 与 Carpenter，CACM 25，1982）的频谱相同，但每一点都有值且没有折痕；乘以标准差再加均值。</translation>
        </message>
        <message>
            <source>Worley noise</source>
            <translation>沃利噪声</translation>
        </message>
        <message>
            <source>The distance F₁ to the nearest of points scattered one to a cell of the given size, in sizes; or 0.7 F₂ to the second, or F₂ − F₁ (Worley, A cellular texture basis function, SIGGRAPH 1996). Points come from Philox-4x32-10 for seed and cell and are looked for in a pixel's cell and the eight around it.</source>
            <translation>到最近的点的距离 F₁（以大小计），每个给定大小的格中随机放一个点；或到第二近的点的 0.7 F₂，或 F₂ − F₁（Worley，A cellular texture basis function，SIGGRAPH 1996）。点由 Philox-4x32-10 按种子和格产生，在像素所在格及周围八格中查找。</translation>
        </message>
        <message>
            <source>Voronoi cells</source>
            <translation>泰森多边形</translation>
        </message>
        <message>
            <source>Each pixel has the random colour of the nearest of points scattered one to a cell of the given size; edges are smooth over one pixel, by the distance (F₂² − F₁²) / 2d to the line between the two nearest points, d their distance from each other. Points and colours come from Philox-4x32-10 for seed and cell.</source>
            <translation>每个像素取最近的点的随机颜色，每个给定大小的格中随机放一个点；边缘在一个像素内平滑，按到两个最近点的中垂线的距离 (F₂² − F₁²) / 2d，d 为两点的距离。点与颜色由 Philox-4x32-10 按种子和格产生。</translation>
        </message>
        <message>
            <source>Blue noise</source>
            <translation>蓝噪声</translation>
        </message>
        <message>
            <source>Grain without low frequencies: 128 × 128 values, each of (i + ½) / 16384 once, ordered by void and cluster (Ulichney, SPIE 1913, 1993) from a start drawn from the seed, repeated over the picture; each whole step of time adds the golden ratio g = 0.618, modulo 1, or with a loop of n steps every moment time · round(n g) / n. With a tile the values are as many as make it repeat there, up to 160 along an axis.</source>
            <translation>没有低频的颗粒：128 × 128 个值，(i + ½) / 16384 各出现一次，用空洞与聚类法（Ulichney，SPIE 1913，1993）从种子给出的起点排序，在图片上重复；时间每过整数 1 加上黄金比 g = 0.618，取模 1；循环为 n 步时，每一时刻加上 时间 · round(n g) / n。设了平铺时，值的个数取能恰好在该长度重复的个数，每个方向最多 160 个。</translation>
        </message>
        <message>
            <source>Reaction and diffusion</source>
            <translation>反应扩散</translation>
        </message>
        <message>
            <source>Two substances that react and spread (Gray and Scott; Pearson, Science 261, 1993): ∂u/∂t = 0.16 ∇²u − uv² + F (1 − u), ∂v/∂t = 0.08 ∇²v + uv² − (F + k) v in steps of 1 on 128 × 128 points that repeat, from random blots; F and k are 0.0545 and 0.062 (coral), 0.029 and 0.057 (maze), 0.0367 and 0.0649 (spots), 0.039 and 0.058 (holes). Shown is v from its least to its greatest, 12 points to a size, by cubic interpolation.</source>
            <translation>两种物质反应并扩散（Gray 与 Scott；Pearson，Science 261，1993）：∂u/∂t = 0.16 ∇²u − uv² + F (1 − u)，∂v/∂t = 0.08 ∇²v + uv² − (F + k) v，步长 1，在 128 × 128 个循环重复的点上，从随机斑块开始；F 与 k 为 0.0545 与 0.062（珊瑚）、0.029 与 0.057（迷宫）、0.0367 与 0.0649（斑点）、0.039 与 0.058（孔洞）。显示 v 从最小到最大，每个大小 12 个点，三次插值。</translation>
        </message>
        <message>
            <source>Pattern size</source>
            <translation>图案大小</translation>
        </message>
        <message>
            <source>Across the veins, clockwise from the right.</source>
            <translation>横穿纹理的方向，从右起顺时针。</translation>
        </message>
        <message>
            <source>Turbulence</source>
            <translation>湍流</translation>
        </message>
        <message>
            <source>How far the veins are moved, in distances between them.</source>
            <translation>纹理移动多远，以纹理间距计。</translation>
        </message>
        <message>
            <source>Below 1: thin dark veins; above 1: thin bright ones.</source>
            <translation>小于 1：细的暗纹；大于 1：细的亮纹。</translation>
        </message>
        <message>
            <source>Stretch</source>
            <translation>拉长</translation>
        </message>
        <message>
            <source>How long the rings are drawn out to the right: 1 is a cut across.</source>
            <translation>年轮向右拉长多少：1 为横切面。</translation>
        </message>
        <message>
            <source>Bend</source>
            <translation>弯曲</translation>
        </message>
        <message>
            <source>How far rings are moved by noise, in rings.</source>
            <translation>噪声把年轮移动多远，以年轮计。</translation>
        </message>
        <message>
            <source>Cover</source>
            <translation>云量</translation>
        </message>
        <message>
            <source>Share of the sky that clouds hide.</source>
            <translation>云遮住天空的比例。</translation>
        </message>
        <message>
            <source>Density</source>
            <translation>密度</translation>
        </message>
        <message>
            <source>How quickly a cloud becomes opaque from its edge inwards.</source>
            <translation>云从边缘向内变得不透明有多快。</translation>
        </message>
        <message>
            <source>Marble</source>
            <translation>大理石</translation>
        </message>
        <message>
            <source>(½ + ½ sin 2π(a + sT))^q along the colours: a is the way across the veins in sizes, T turbulence Σ gⁱ |nᵢ| / Σ gⁱ of Perlin noise of standard deviation 1 with grid 3 size / lacunarityⁱ, s its strength and q the sharpness (Perlin, An image synthesizer, SIGGRAPH 1985).</source>
            <translation>沿颜色取 (½ + ½ sin 2π(a + sT))^q：a 为横穿纹理的距离（以“大小”计），T 为湍流 Σ gⁱ |nᵢ| / Σ gⁱ，由标准差为 1、格距为 3 大小 / 频率倍数ⁱ 的柏林噪声组成，s 为其强度，q 为锐度（Perlin，An image synthesizer，SIGGRAPH 1985）。</translation>
        </message>
        <message>
            <source>Wood</source>
            <translation>木纹</translation>
        </message>
        <message>
            <source>Rings around the picture's corner: r = √((x / stretch)² + y²) / size + s n, n fractal noise of standard deviation 1 with a grid of 8 sizes, stretched too, and s the bend; the fraction t of r rises to 1 over 0.85 and falls back over 0.15, smoothed by t²(3 − 2t), from the last colour to the first (after Ebert et al., Texturing and Modeling, 2003, chapter 2). Where it repeats, x and y are T/π sin(πx/T), whose squares repeat without a seam.</source>
            <translation>围绕图片角点的年轮：r = √((x / 拉长)² + y²) / 大小 + s n，n 为标准差 1、格距为 8 倍大小且同样拉长的分形噪声，s 为弯曲；r 的小数部分 t 在 0.85 内升到 1，在 0.15 内落回，用 t²(3 − 2t) 平滑，从最后一种颜色到第一种（参照 Ebert 等，Texturing and Modeling，2003，第 2 章）。平铺时 x 与 y 换成 T/π sin(πx/T)，其平方无缝重复。</translation>
        </message>
        <message>
            <source>1 − exp(−d · max(0, n − z)) along the colours, n fractal noise of standard deviation 1, d the density and z what a normal number exceeds with the probability of the cover: light lost in mist by the law of Beer and Lambert (fractal clouds after Ebert et al., Texturing and Modeling, 2003, chapter 9).</source>
            <translation>沿颜色取 1 − exp(−d · max(0, n − z))，n 为标准差 1 的分形噪声，d 为浓度，z 为正态随机数以云量的概率超过的值：按比尔–朗伯定律在雾中损失的光（分形云，参照 Ebert 等，Texturing and Modeling，2003，第 9 章）。</translation>
        </message>
        <message>
            <source>How much of the ground the pattern covers.</source>
            <translation>图案覆盖底面的比例。</translation>
        </message>
        <message>
            <source>The picture as shown, the active layer alone, or the layers marked as reference.</source>
            <translation>所见图像、仅当前图层，或标为参照的图层。</translation>
        </message>
        <message>
            <source>Stitch</source>
            <translation>图像拼接</translation>
        </message>
        <message>
            <source>Features of each picture (SIFT, Lowe, 2004, or ORB, Rublee et al., 2011) are matched with their nearest. Two pictures overlap where one homography, found by RANSAC, explains more than 5.9 + 0.22 n of the n matches inside both (Brown and Lowe, Automatic panoramic image stitching using invariant features, 2007, equation 13). All cameras, a focal length and a rotation each, or else homographies, are adjusted together to the least squares of the distances of matches (Levenberg and Marquardt, weighted by Huber), and turned until the horizon is level. Gains g make Σ N (ln gᵢIᵢ − ln gⱼIⱼ)² least, N pixels and means I of an overlap. Seams are graph cuts along which colours and gradients differ least (Kwatra et al., 2003). Each band of frequencies is joined over a width of its own size (Burt and Adelson, 1983).</source>
            <translation>先为每张图片找出特征（SIFT：Lowe，2004；或 ORB：Rublee 等，2011），并与最近的特征匹配。若 RANSAC 找到的一个单应矩阵能解释两图重叠范围内 n 个匹配中的 5.9 + 0.22 n 个以上，则两张图片重叠（Brown、Lowe，Automatic panoramic image stitching using invariant features，2007，式 13）。所有相机（各有焦距和旋转，或各为一个单应矩阵）一起调整，使匹配点距离的平方和最小（Levenberg–Marquardt，Huber 加权），再旋转到地平线水平。增益 g 使 Σ N (ln gᵢIᵢ − ln gⱼIⱼ)² 最小，N 为重叠处的像素数，I 为其平均值。接缝由图割得出，沿接缝颜色和梯度相差最小（Kwatra 等，2003）。每个频段在与自身尺度相当的宽度内衔接（Burt、Adelson，1983）。</translation>
        </message>
        <message>
            <source>A panorama needs at least two pictures.</source>
            <translation>全景图至少需要两张图片。</translation>
        </message>
        <message>
            <source>A panorama takes at most {most} pictures; these are {count}.</source>
            <translation>全景图最多使用 {most} 张图片；这里有 {count} 张。</translation>
        </message>
        <message>
            <source>None of these {count} pictures shows a part of another one, so there is nothing to stitch. Neighbouring pictures should share about a third of what they show.</source>
            <translation>这 {count} 张图片中没有任何两张拍到相同的部分，无法拼接。相邻图片应有约三分之一的画面重叠。</translation>
        </message>
        <message>
            <source>These pictures span too wide an angle for a flat projection. Choose the cylindrical or spherical one.</source>
            <translation>这些图片的视角太宽，无法使用平面投影。请选择柱面或球面投影。</translation>
        </message>
        <message>
            <source>The panorama would have {width} × {height} pixels. Choose a smaller scale.</source>
            <translation>全景图将有 {width} × {height} 像素。请选择较小的比例。</translation>
        </message>
        <message>
            <source>sift</source>
            <translation>SIFT</translation>
        </message>
        <message>
            <source>orb</source>
            <translation>ORB</translation>
        </message>
        <message>
            <source>auto</source>
            <translation>自动</translation>
        </message>
        <message>
            <source>flat</source>
            <translation>平面</translation>
        </message>
        <message>
            <source>cylindrical</source>
            <translation>柱面</translation>
        </message>
        <message>
            <source>spherical</source>
            <translation>球面</translation>
        </message>
        <message>
            <source>off</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>gain</source>
            <translation>增益</translation>
        </message>
        <message>
            <source>blocks</source>
            <translation>分块</translation>
        </message>
        <message>
            <source>graph-cut</source>
            <translation>图割</translation>
        </message>
        <message>
            <source>middle</source>
            <translation>中线</translation>
        </message>
        <message>
            <source>multi-band</source>
            <translation>多频段</translation>
        </message>
        <message>
            <source>crop</source>
            <translation>裁剪</translation>
        </message>
        <message>
            <source>lanczos</source>
            <translation>Lanczos</translation>
        </message>
        <message>
            <source>Features</source>
            <translation>特征</translation>
        </message>
        <message>
            <source>SIFT is more exact, ORB is faster.</source>
            <translation>SIFT 更精确，ORB 更快。</translation>
        </message>
        <message>
            <source>Features per picture</source>
            <translation>每张图片的特征数</translation>
        </message>
        <message>
            <source>Size for matching</source>
            <translation>匹配尺寸</translation>
        </message>
        <message>
            <source>Pictures are reduced to this many megapixels.</source>
            <translation>图片会缩小到这么多百万像素。</translation>
        </message>
        <message>
            <source>Nearest to second nearest</source>
            <translation>最近与次近之比</translation>
        </message>
        <message>
            <source>A match counts if its distance is below this part of the second best (Lowe, 2004).</source>
            <translation>匹配的距离小于次佳距离的这一比例时才算数（Lowe，2004）。</translation>
        </message>
        <message>
            <source>Tolerance</source>
            <translation>容差</translation>
        </message>
        <message>
            <source>How far a match may miss, in the reduced picture.</source>
            <translation>匹配点允许的偏差，以缩小后的图片计。</translation>
        </message>
        <message>
            <source>Camera</source>
            <translation>相机</translation>
        </message>
        <message>
            <source>A camera that turned on the spot, or something flat such as scans and murals.</source>
            <translation>原地转动的相机，或扫描件、壁画等平面物体。</translation>
        </message>
        <message>
            <source>Straighten the horizon</source>
            <translation>拉平地平线</translation>
        </message>
        <message>
            <source>Projection</source>
            <translation>投影</translation>
        </message>
        <message>
            <source>Turn right</source>
            <translation>向右转</translation>
        </message>
        <message>
            <source>Turns the panorama about its upright axis.</source>
            <translation>使全景图绕竖轴转动。</translation>
        </message>
        <message>
            <source>Tilt down</source>
            <translation>向下倾</translation>
        </message>
        <message>
            <source>Brings the horizon up or down; in the middle it is straight.</source>
            <translation>上下移动地平线；位于中间时是直的。</translation>
        </message>
        <message>
            <source>Roll</source>
            <translation>滚转</translation>
        </message>
        <message>
            <source>Turns the picture clockwise, until the horizon is level.</source>
            <translation>顺时针旋转画面，直到地平线水平。</translation>
        </message>
        <message>
            <source>Scale</source>
            <translation>比例</translation>
        </message>
        <message>
            <source>1 keeps the size that things have in the pictures.</source>
            <translation>1 保持图片中物体的大小。</translation>
        </message>
        <message>
            <source>One gain per picture, per picture and colour, or per part of a picture.</source>
            <translation>每张图片一个增益，每张图片每种颜色一个，或图片的每个部分一个。</translation>
        </message>
        <message>
            <source>Seams</source>
            <translation>接缝</translation>
        </message>
        <message>
            <source>Size for seams</source>
            <translation>接缝尺寸</translation>
        </message>
        <message>
            <source>Border</source>
            <translation>边缘</translation>
        </message>
        <message>
            <source>Resampling</source>
            <translation>重新采样</translation>
        </message>
        <message>
            <source>How different a colour may be, in per cent of a channel.</source>
            <translation>颜色允许相差多少，以通道百分比计。</translation>
        </message>
        <message>
            <source>Close gaps</source>
            <translation>封闭缺口</translation>
        </message>
        <message>
            <source>Openings of a line up to this width hold the fill back.</source>
            <translation>线条上不超过此宽度的缺口会挡住填充。</translation>
        </message>
        <message>
            <source>Grow</source>
            <translation>扩展</translation>
        </message>
        <message>
            <source>The colour creeps this far under the line, never out at its other side.</source>
            <translation>颜色向线条下延伸这么远，但不会越到另一侧。</translation>
        </message>
        <message>
            <source>Contiguous</source>
            <translation>连续</translation>
        </message>
        <message>
            <source>Only what hangs together with the place pressed.</source>
            <translation>只选与点击处相连的部分。</translation>
        </message>
        <message>
            <source>Smooth edge</source>
            <translation>平滑边缘</translation>
        </message>
        <message>
            <source>Half-tones of the line are filled by half.</source>
            <translation>线条的半调像素按比例填充。</translation>
        </message>
        <message>
            <source>linear</source>
            <translation>双线性</translation>
        </message>
        <message>
            <source>radial</source>
            <translation>径向</translation>
        </message>
        <message>
            <source>reflected</source>
            <translation>对称</translation>
        </message>
        <message>
            <source>pad</source>
            <translation>延伸</translation>
        </message>
        <message>
            <source>repeat</source>
            <translation>重复</translation>
        </message>
        <message>
            <source>mirror</source>
            <translation>往返</translation>
        </message>
        <message>
            <source>smooth</source>
            <translation>平滑</translation>
        </message>
        <message>
            <source>straight-lines</source>
            <translation>直线</translation>
        </message>
        <message>
            <source>encoded</source>
            <translation>按存储值</translation>
        </message>
        <message>
            <source>All colours</source>
            <translation>所有颜色</translation>
        </message>
        <message>
            <source>From the tone there is (across) to the new one (up).</source>
            <translation>由原色调（横）到新色调（竖）。</translation>
        </message>
        <message>
            <source>Red</source>
            <translation>红</translation>
        </message>
        <message>
            <source>Green</source>
            <translation>绿</translation>
        </message>
        <message>
            <source>Blue</source>
            <translation>蓝</translation>
        </message>
        <message>
            <source>Between points</source>
            <translation>点与点之间</translation>
        </message>
        <message>
            <source>How the curve runs from point to point.</source>
            <translation>曲线在点与点之间如何走。</translation>
        </message>
        <message>
            <source>Values</source>
            <translation>数值</translation>
        </message>
        <message>
            <source>Encoded: evenly spaced to the eye. Linear light: as a camera counts it.</source>
            <translation>按存储值：视觉上间隔均匀。线性光照：如相机所计。</translation>
        </message>
        <message>
            <source>Curves</source>
            <translation>曲线</translation>
        </message>
        <message>
            <source>Each colour value (encoded, or linear light if asked for) goes through its own curve, then through that of all colours; alpha through the one of opacity. A curve is the monotone cubic through its points (Fritsch and Carlson, SIAM J. Numer. Anal. 17, 1980; slopes at inner points are the weighted harmonic means of Fritsch and Butland, 1984, at the ends those of the outer lines), or straight lines. It is level left of the first and right of the last point; if they stand at 0 and 1 it goes straight on beyond 0–1, so values above 1 of float pictures survive.</source>
            <translation>每个颜色值（按存储值，或按要求用线性光照）先经过自己的曲线，再经过所有颜色的曲线；alpha 经过不透明度的曲线。曲线是经过各点的单调三次曲线（Fritsch 与 Carlson，SIAM J. Numer. Anal. 17，1980；内部点的斜率为 Fritsch 与 Butland，1984 的加权调和平均，两端为外侧直线的斜率），或为直线段。第一点左侧与最后一点右侧为水平；若两端点位于 0 与 1，则在 0–1 之外沿直线延伸，因此浮点图片中大于 1 的值得以保留。</translation>
        </message>
        <message>
            <source>oklab</source>
            <translation>视觉均匀</translation>
        </message>
        <message>
            <source>linear-light</source>
            <translation>线性光照</translation>
        </message>
        <message>
            <source>colour-to-background</source>
            <translation>前景色到背景色</translation>
        </message>
        <message>
            <source>colour-to-transparent</source>
            <translation>前景色到透明</translation>
        </message>
        <message>
            <source>own</source>
            <translation>自身</translation>
        </message>
        <message>
            <source>one</source>
            <translation>单一</translation>
        </message>
        <message>
            <source>Clean</source>
            <translation>清理</translation>
        </message>
        <message>
            <source>What differs less from the paper than this becomes transparent.</source>
            <translation>与纸色差别小于此值的部分变为透明。</translation>
        </message>
        <message>
            <source>Solid from</source>
            <translation>不透明起点</translation>
        </message>
        <message>
            <source>What differs more from the paper than this is wholly opaque.</source>
            <translation>与纸色差别大于此值的部分完全不透明。</translation>
        </message>
        <message>
            <source>The colour that becomes transparent.</source>
            <translation>变为透明的颜色。</translation>
        </message>
        <message>
            <source>Half the width of the broadest line; shadows on the paper are wider.</source>
            <translation>最粗线条宽度的一半；纸面上的阴影比它更宽。</translation>
        </message>
        <message>
            <source>Darkest paper</source>
            <translation>最暗纸色</translation>
        </message>
        <message>
            <source>Nothing darker counts as paper, so large black areas stay.</source>
            <translation>更暗的部分不算纸面，因此大片黑色会保留。</translation>
        </message>
        <message>
            <source>Line colour</source>
            <translation>线条颜色</translation>
        </message>
        <message>
            <source>The lines' own colours, or one for all.</source>
            <translation>保留线条自身的颜色，或统一为一种颜色。</translation>
        </message>
        <message>
            <source>Encoded straight colour c over paper p: d is the greatest over red, green and blue of (p − c) / p where c is darker and (c − p) / (1 − p) where it is lighter, cut to 0–1; opacity becomes a = clip((d − clean) / (solid − clean)), times what it was, and the colour p + (c − p) / max(a, d), cut to 0–1, so that the paper is taken out of soft edges (the compositing equation of Porter and Duff, Compositing Digital Images, 1984, solved as by Smith and Blinn, Blue Screen Matting, 1996, for the most transparent foreground). What is no number counts as 0.</source>
            <translation>编码后的非预乘颜色 c 位于纸色 p 之上：d 为红、绿、蓝三者中的最大值，c 较暗时取 (p − c) / p，较亮时取 (c − p) / (1 − p)，限制在 0–1；不透明度变为 a = clip((d − 清理) / (不透明起点 − 清理)) 再乘以原值，颜色变为 p + (c − p) / max(a, d)，限制在 0–1，从而去除柔和边缘中的纸色（即 Porter 与 Duff 的合成方程，Compositing Digital Images，1984，按 Smith 与 Blinn 的 Blue Screen Matting，1996，求最透明的前景）。非数值按 0 计。</translation>
        </message>
        <message>
            <source>The paper at each pixel is the median of 5 × 5 pixels, closed by a square of side 2r + 1, r the radius (the greatest value in it, then the least of those: Serra, Image Analysis and Mathematical Morphology, 1982), blurred with sigma r / 2, and at least the darkest paper. Each encoded colour is divided by it and cut to 0–1, which evens out shadows and yellowing; then white is taken out: d = 1 − the least of red, green and blue, opacity a = clip((d − clean) / (solid − clean)), times what it was, colour 1 + (c − 1) / max(a, d), or the one chosen. Beyond the edge of the picture its outermost pixels are repeated; what is no number counts as 0.</source>
            <translation>每个像素处的纸色是 5 × 5 像素的中值，经边长 2r + 1 的正方形闭运算（r 为半径；先取其中最大值，再取这些值中的最小值：Serra，Image Analysis and Mathematical Morphology，1982），以 r / 2 为标准差模糊，且不低于最暗纸色。每个编码颜色除以纸色并限制在 0–1，由此抹平阴影与泛黄；然后去除白色：d = 1 − 红、绿、蓝中的最小值，不透明度 a = clip((d − 清理) / (不透明起点 − 清理)) 再乘以原值，颜色为 1 + (c − 1) / max(a, d)，或所选的颜色。画面边缘之外重复最外侧的像素；非数值按 0 计。</translation>
        </message>
        <message>
            <source>From the painting colour to the background, to nothing, or your own.</source>
            <translation>从前景色到背景色、到透明，或自定义。</translation>
        </message>
        <message>
            <source>Stops</source>
            <translation>色标</translation>
        </message>
        <message>
            <source>As fill layer</source>
            <translation>作为填充图层</translation>
        </message>
        <message>
            <source>It stays open to change; off, it is painted on the layer.</source>
            <translation>可随时再编辑；关闭则直接画在图层上。</translation>
        </message>
        <message>
            <source>Edge contrast</source>
            <translation>边缘对比度</translation>
        </message>
        <message>
            <source>Weaker edges than this do not attract the line.</source>
            <translation>比这更弱的边缘不吸附。</translation>
        </message>
        <message>
            <source>free</source>
            <translation>自由</translation>
        </message>
        <message>
            <source>ratio</source>
            <translation>固定比例</translation>
        </message>
        <message>
            <source>Any shape, a fixed ratio of the sides, or a fixed size.</source>
            <translation>任意形状、固定边长比例，或固定大小。</translation>
        </message>
        <message>
            <source>Across</source>
            <translation>横</translation>
        </message>
        <message>
            <source>Down</source>
            <translation>纵</translation>
        </message>
        <message>
            <source>Pick the layer</source>
            <translation>自动选择图层</translation>
        </message>
        <message>
            <source>A press takes the layer under the pen; Ctrl does the opposite</source>
            <translation>按下时选取笔尖下的图层；按住 Ctrl 则相反</translation>
        </message>
        <message>
            <source>Result</source>
            <translation>结果</translation>
        </message>
        <message>
            <source>Even out light</source>
            <translation>均匀光照</translation>
        </message>
        <message>
            <source>Shadows and yellow light go, the paper becomes white</source>
            <translation>去除阴影和偏黄的光线，让纸张变白</translation>
        </message>
        <message>
            <source>Fields across</source>
            <translation>横向分块</translation>
        </message>
        <message>
            <source>Fields down</source>
            <translation>纵向分块</translation>
        </message>
        <message>
            <source>Contrast limit</source>
            <translation>对比度上限</translation>
        </message>
        <message>
            <source>How many times steeper tones may become; 1 changes nothing.</source>
            <translation>色调最多变陡多少倍；1 表示不变。</translation>
        </message>
        <message>
            <source>Strength</source>
            <translation>强度</translation>
        </message>
        <message>
            <source>How much of the change is taken.</source>
            <translation>采用多少变化。</translation>
        </message>
        <message>
            <source>Local contrast (CLAHE)</source>
            <translation>局部对比度（CLAHE）</translation>
        </message>
        <message>
            <source>Lightness L of OKLab (Ottosson, 2020), cut to 0–1, becomes the share of pixels of its field that are darker, by a histogram of 256 bins, linear within a bin, whose shares s are min(s + e, limit / 256) with the e at which they add up to 1; between the centres of four fields their results are mixed linearly (contrast limited adaptive histogram equalisation, Zuiderveld, Graphics Gems IV, 1994). a and b are multiplied by L' / L, at most 4 times; transparent pixels do not count; what lies above 1 in float pictures is added unchanged.</source>
            <translation>OKLab（Ottosson，2020）的明度 L 截到 0–1，变为所在分块中更暗像素的比例，依据 256 格的直方图，格内线性，各格比例 s 取 min(s + e, 上限 / 256)，e 使其总和为 1；在四个分块中心之间线性混合各自的结果（限制对比度的自适应直方图均衡，Zuiderveld，Graphics Gems IV，1994）。a 与 b 乘以 L' / L，最多 4 倍；透明像素不计入；浮点图片中大于 1 的部分原样加回。</translation>
        </message>
        <message>
            <source>31 × 31</source>
            <translation>31 × 31</translation>
        </message>
        <message>
            <source>101 × 101</source>
            <translation>101 × 101</translation>
        </message>
        <message>
            <source>Spot</source>
            <translation>取样点</translation>
        </message>
        <message>
            <source>The pixels whose mean colour is taken.</source>
            <translation>取其平均颜色的像素范围。</translation>
        </message>
        <message>
            <source>The whole picture as shown, or the active layer alone.</source>
            <translation>所见的整幅图，或只取当前图层。</translation>
        </message>
        <message>
            <source>new</source>
            <translation>新选区</translation>
        </message>
        <message>
            <source>add</source>
            <translation>添加</translation>
        </message>
        <message>
            <source>subtract</source>
            <translation>减去</translation>
        </message>
        <message>
            <source>intersect</source>
            <translation>交集</translation>
        </message>
        <message>
            <source>push</source>
            <translation>推移</translation>
        </message>
        <message>
            <source>twirl-right</source>
            <translation>顺时针扭转</translation>
        </message>
        <message>
            <source>twirl-left</source>
            <translation>逆时针扭转</translation>
        </message>
        <message>
            <source>pinch</source>
            <translation>挤压</translation>
        </message>
        <message>
            <source>bloat</source>
            <translation>膨胀</translation>
        </message>
        <message>
            <source>restore</source>
            <translation>恢复</translation>
        </message>
        <message>
            <source>Mode</source>
            <translation>模式</translation>
        </message>
        <message>
            <source>What the brush does to what is under it; restore takes it back to how it was.</source>
            <translation>画笔对其下内容的作用；“恢复”使其回到原样。</translation>
        </message>
        <message>
            <source>How wide the brush is.</source>
            <translation>画笔有多宽。</translation>
        </message>
        <message>
            <source>How far what is under the brush goes with it; a pen's pressure lessens it.</source>
            <translation>画笔下的内容随之移动的程度；压感笔轻压时减弱。</translation>
        </message>
        <message>
            <source>How much of the brush works fully before it fades towards its rim.</source>
            <translation>画笔中完全起作用的部分有多大，其余部分向边缘渐弱。</translation>
        </message>
        <message>
            <source>How it joins what is selected. Shift adds, Alt takes away, both together intersect.</source>
            <translation>新选区与原选区如何结合。Shift 添加，Alt 减去，两者同时按下则取交集。</translation>
        </message>
        <message>
            <source>Anti-alias</source>
            <translation>消除锯齿</translation>
        </message>
        <message>
            <source>Pixels on the edge are selected in part.</source>
            <translation>边缘像素只被部分选中。</translation>
        </message>
        <message>
            <source>Corner radius</source>
            <translation>圆角半径</translation>
        </message>
        <message>
            <source>Corners</source>
            <translation>角</translation>
        </message>
        <message>
            <source>Star</source>
            <translation>星形</translation>
        </message>
        <message>
            <source>Inner radius of a star; at 100 % it is a polygon.</source>
            <translation>星形的内半径；100 % 时为多边形。</translation>
        </message>
        <message>
            <source>fill</source>
            <translation>填充</translation>
        </message>
        <message>
            <source>stroke</source>
            <translation>描边</translation>
        </message>
        <message>
            <source>fill-and-stroke</source>
            <translation>填充和描边</translation>
        </message>
        <message>
            <source>solid</source>
            <translation>实线</translation>
        </message>
        <message>
            <source>dashed</source>
            <translation>虚线</translation>
        </message>
        <message>
            <source>dotted</source>
            <translation>点线</translation>
        </message>
        <message>
            <source>miter</source>
            <translation>尖角</translation>
        </message>
        <message>
            <source>bevel</source>
            <translation>斜角</translation>
        </message>
        <message>
            <source>arrow</source>
            <translation>箭头</translation>
        </message>
        <message>
            <source>open-arrow</source>
            <translation>开口箭头</translation>
        </message>
        <message>
            <source>dot</source>
            <translation>圆点</translation>
        </message>
        <message>
            <source>bar</source>
            <translation>短线</translation>
        </message>
        <message>
            <source>Draw</source>
            <translation>绘制</translation>
        </message>
        <message>
            <source>Area and line take the painting colour; together the line takes the background colour.</source>
            <translation>填充或描边使用前景色；两者同时使用时，描边取背景色。</translation>
        </message>
        <message>
            <source>Line width</source>
            <translation>线宽</translation>
        </message>
        <message>
            <source>Line</source>
            <translation>线型</translation>
        </message>
        <message>
            <source>Line start</source>
            <translation>线条起点</translation>
        </message>
        <message>
            <source>Line end</source>
            <translation>线条终点</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>语言</translation>
        </message>
        <message>
            <source>Whose forms Chinese characters take</source>
            <translation>汉字采用哪种语言的字形</translation>
        </message>
        <message>
            <source>Unit</source>
            <translation>单位</translation>
        </message>
        <message>
            <source>shadows</source>
            <translation>阴影</translation>
        </message>
        <message>
            <source>midtones</source>
            <translation>中间调</translation>
        </message>
        <message>
            <source>highlights</source>
            <translation>高光</translation>
        </message>
        <message>
            <source>all tones</source>
            <translation>全部影调</translation>
        </message>
        <message>
            <source>saturate</source>
            <translation>提高饱和度</translation>
        </message>
        <message>
            <source>desaturate</source>
            <translation>降低饱和度</translation>
        </message>
        <message>
            <source>Range</source>
            <translation>范围</translation>
        </message>
        <message>
            <source>Which tones are changed most.</source>
            <translation>主要改变哪些色调。</translation>
        </message>
        <message>
            <source>More colour ends where the hue would change; without it colours go further.</source>
            <translation>加色在色相将要改变时停止；关闭后颜色可以更浓。</translation>
        </message>
        <message>
            <source>Exposure</source>
            <translation>曝光</translation>
        </message>
        <message>
            <source>How far one stroke can go.</source>
            <translation>一笔最多改变多少。</translation>
        </message>
        <message>
            <source>Protect hue</source>
            <translation>保护色相</translation>
        </message>
        <message>
            <source>Colours keep their hue, as far as it fits their saturation.</source>
            <translation>颜色保持色相，并尽量保持饱和度。</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>变化</translation>
        </message>
        <message>
            <source>hsl</source>
            <translation>HSL</translation>
        </message>
        <message>
            <source>oklch</source>
            <translation>OKLCH</translation>
        </message>
        <message>
            <source>Colour space</source>
            <translation>颜色空间</translation>
        </message>
        <message>
            <source>HSL: as most editors. OKLCH: equal steps look equal, lightness stays what it seems.</source>
            <translation>HSL：与多数软件相同。OKLCH：等距变化看起来也等距，明度保持观感。</translation>
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
            <source>Lightness</source>
            <translation>明度</translation>
        </message>
        <message>
            <source>By range of hue</source>
            <translation>按色相范围</translation>
        </message>
        <message>
            <source>Reds, yellows, greens, cyans, blues and magentas each.</source>
            <translation>红、黄、绿、青、蓝、洋红分别调整。</translation>
        </message>
        <message>
            <source>Overlap</source>
            <translation>重叠</translation>
        </message>
        <message>
            <source>How softly one range passes into the next.</source>
            <translation>相邻范围之间过渡的柔和程度。</translation>
        </message>
        <message>
            <source>Reds: hue</source>
            <translation>红色：色相</translation>
        </message>
        <message>
            <source>Reds: saturation</source>
            <translation>红色：饱和度</translation>
        </message>
        <message>
            <source>Reds: lightness</source>
            <translation>红色：明度</translation>
        </message>
        <message>
            <source>Yellows: hue</source>
            <translation>黄色：色相</translation>
        </message>
        <message>
            <source>Yellows: saturation</source>
            <translation>黄色：饱和度</translation>
        </message>
        <message>
            <source>Yellows: lightness</source>
            <translation>黄色：明度</translation>
        </message>
        <message>
            <source>Greens: hue</source>
            <translation>绿色：色相</translation>
        </message>
        <message>
            <source>Greens: saturation</source>
            <translation>绿色：饱和度</translation>
        </message>
        <message>
            <source>Greens: lightness</source>
            <translation>绿色：明度</translation>
        </message>
        <message>
            <source>Cyans: hue</source>
            <translation>青色：色相</translation>
        </message>
        <message>
            <source>Cyans: saturation</source>
            <translation>青色：饱和度</translation>
        </message>
        <message>
            <source>Cyans: lightness</source>
            <translation>青色：明度</translation>
        </message>
        <message>
            <source>Blues: hue</source>
            <translation>蓝色：色相</translation>
        </message>
        <message>
            <source>Blues: saturation</source>
            <translation>蓝色：饱和度</translation>
        </message>
        <message>
            <source>Blues: lightness</source>
            <translation>蓝色：明度</translation>
        </message>
        <message>
            <source>Magentas: hue</source>
            <translation>洋红：色相</translation>
        </message>
        <message>
            <source>Magentas: saturation</source>
            <translation>洋红：饱和度</translation>
        </message>
        <message>
            <source>Magentas: lightness</source>
            <translation>洋红：明度</translation>
        </message>
        <message>
            <source>Vibrance</source>
            <translation>自然饱和度</translation>
        </message>
        <message>
            <source>Pale colours change most, strong ones least.</source>
            <translation>浅淡的颜色变化最大，浓烈的最小。</translation>
        </message>
        <message>
            <source>All colours alike.</source>
            <translation>所有颜色一样。</translation>
        </message>
        <message>
            <source>Spare skin</source>
            <translation>保护肤色</translation>
        </message>
        <message>
            <source>How far vibrance leaves the hues of skin alone.</source>
            <translation>自然饱和度避开肤色的程度。</translation>
        </message>
        <message>
            <source>Hue and saturation</source>
            <translation>色相与饱和度</translation>
        </message>
        <message>
            <source>HSL (Smith, 1978) of the encoded colour, or OKLCH (Ottosson, 2020) of sRGB: the hue turns by H degrees; chroma is multiplied by 1 + S, in HSL at most to saturation 1; lightness goes L of the way to white, for negative L to black, in HSL at the same saturation. With ranges, H, S and L of the six pure colours are added, weighted by nearness of hue: t of the way from one pure colour to the next counts clip((t − ½) / overlap + ½) for the next, the rest for the first. OKLCH may leave the range of the colours; values above 1 survive.</source>
            <translation>在编码颜色的 HSL（Smith，1978）或 sRGB 的 OKLCH（Ottosson，2020）中：色相转过 H 度；色度乘以 1 + S，在 HSL 中饱和度最多为 1；明度向白走 L 的比例，L 为负则向黑，在 HSL 中饱和度不变。按范围时，再加上六种纯色的 H、S、L，按色相远近加权：在两个相邻纯色之间走了 t，则下一个计 clip((t − ½) / 重叠 + ½)，其余归前一个。OKLCH 可能超出颜色范围；大于 1 的值得以保留。</translation>
        </message>
        <message>
            <source>In OKLab (Ottosson, 2020) of the sRGB-encoded colour, with chroma C = √(a² + b²): a and b are multiplied by (1 + S)(1 + V·(1 − C / 0.3)·(1 − k·n)), V the vibrance, S the saturation, k how far skin is spared, C cut at 0.3 and n = 2^((cos(h − 55°) − 1) / (1 − cos 35°)) the nearness of the hue h to that of skin; lightness stays. Values above 1 survive.</source>
            <translation>在 sRGB 编码颜色的 OKLab（Ottosson，2020）中，色度 C = √(a² + b²)：a 与 b 乘以 (1 + S)(1 + V·(1 − C / 0.3)·(1 − k·n))，V 为自然饱和度，S 为饱和度，k 为保护肤色的程度，C 在 0.3 处截断，n = 2^((cos(h − 55°) − 1) / (1 − cos 35°)) 为色相 h 与肤色的接近程度；明度不变。大于 1 的值得以保留。</translation>
        </message>
        <message>
            <source>What is strongly coloured already is spared.</source>
            <translation>已经鲜艳的颜色少受影响。</translation>
        </message>
        <message>
            <source>X</source>
            <translation>X</translation>
        </message>
        <message>
            <source>Y</source>
            <translation>Y</translation>
        </message>
        <message>
            <source>perspective</source>
            <translation>透视</translation>
        </message>
        <message>
            <source>mesh</source>
            <translation>网格</translation>
        </message>
        <message>
            <source>Transform</source>
            <translation>变换</translation>
        </message>
        <message>
            <source>perceived</source>
            <translation>视觉</translation>
        </message>
        <message>
            <source>channels</source>
            <translation>通道</translation>
        </message>
        <message>
            <source>picture</source>
            <translation>图片</translation>
        </message>
        <message>
            <source>point</source>
            <translation>单点</translation>
        </message>
        <message>
            <source>How different a colour may be: ΔE, or per cent of a channel.</source>
            <translation>颜色可以相差多少：ΔE，或通道的百分比。</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>比较方式</translation>
        </message>
        <message>
            <source>As seen (CIE ΔE), or channel by channel.</source>
            <translation>按视觉（CIE ΔE），或逐通道比较。</translation>
        </message>
        <message>
            <source>The pixels whose mean colour is looked for.</source>
            <translation>取其平均颜色的像素范围。</translation>
        </message>
        <message>
            <source>Openings of a line up to this width hold the area back.</source>
            <translation>线条上不超过此宽度的缺口不会漏出去。</translation>
        </message>
        <message>
            <source>{name} is no parameter here; there are: {known}</source>
            <translation>这里没有参数 {name}；可用的有：{known}</translation>
        </message>
        <message>
            <source>{name}: {value} is not a number; give a finite value</source>
            <translation>{name}：{value} 不是数；请给出有限的值</translation>
        </message>
        <message>
            <source>{name}: “{value}” is not a number</source>
            <translation>{name}：“{value}”不是数</translation>
        </message>
        <message>
            <source>{name}: “{value}” is neither true nor false</source>
            <translation>{name}：“{value}”既不是真也不是假</translation>
        </message>
        <message>
            <source>{name}: “{value}” is not a colour; write it as #rrggbb</source>
            <translation>{name}：“{value}”不是颜色；请写成 #rrggbb</translation>
        </message>
        <message>
            <source>{name}: “{value}” is not a curve; write its points as 0,0 0.5,0.6 1,1</source>
            <translation>{name}：“{value}”不是曲线；请把各点写成 0,0 0.5,0.6 1,1</translation>
        </message>
        <message>
            <source>{name}: the file “{value}” cannot be read</source>
            <translation>{name}：无法读取文件“{value}”</translation>
        </message>
        <message>
            <source>{name}: the file “{value}” is too large to be kept in a picture</source>
            <translation>{name}：文件“{value}”太大，无法存入图片</translation>
        </message>
        <message>
            <source>{name}: {value} is outside {low} … {high}</source>
            <translation>{name}：{value} 超出 {low} … {high}</translation>
        </message>
        <message>
            <source>{name}: {value} is below {low}</source>
            <translation>{name}：{value} 小于 {low}</translation>
        </message>
        <message>
            <source>{name}: {value} is above {high}</source>
            <translation>{name}：{value} 大于 {high}</translation>
        </message>
        <message>
            <source>{name}: “{value}” is not one of {known}</source>
            <translation>{name}：“{value}”不在 {known} 之中</translation>
        </message>
        <message>
            <source>{name}: this value is not possible ({reason})</source>
            <translation>{name}：这个值不可用（{reason}）</translation>
        </message>
        <message>
            <source>Before</source>
            <translation>之前</translation>
        </message>
        <message>
            <source>After</source>
            <translation>之后</translation>
        </message>
        <message>
            <source>Standard deviation of the blur that removes grain first.</source>
            <translation>先用于去除颗粒的模糊的标准差。</translation>
        </message>
        <message>
            <source>Lower threshold</source>
            <translation>下阈值</translation>
        </message>
        <message>
            <source>Change of lightness per pixel that goes on with an edge.</source>
            <translation>使边缘延续的每像素明度变化。</translation>
        </message>
        <message>
            <source>Upper threshold</source>
            <translation>上阈值</translation>
        </message>
        <message>
            <source>Change of lightness per pixel that begins an edge.</source>
            <translation>使边缘开始的每像素明度变化。</translation>
        </message>
        <message>
            <source>Link</source>
            <translation>连接距离</translation>
        </message>
        <message>
            <source>How far a weak edge is followed from a strong one.</source>
            <translation>从强边缘起，弱边缘最多延续多远。</translation>
        </message>
        <message>
            <source>Invert</source>
            <translation>反相</translation>
        </message>
        <message>
            <source>Dark edges on white instead of bright ones on black.</source>
            <translation>白底上的暗边缘，而不是黑底上的亮边缘。</translation>
        </message>
        <message>
            <source>Canny edges</source>
            <translation>Canny 边缘</translation>
        </message>
        <message>
            <source>White, one pixel thin edges: Sobel's gradient (change per pixel) of the lightness 0.2126 R + 0.7152 G + 0.0722 B under a Gaussian blur of sigma; pixels stay whose gradient is no smaller than both neighbours along its direction, linear between pixels; edges begin where it reaches the upper threshold and go on over touching pixels above the lower one, at most link pixels far (Canny, A computational approach to edge detection, 1986). A neighbour of opacity a counts as a mix of its colour and, in the part 1 − a, of the pixel's own; opacity stays. Beyond the edge of the picture its outermost pixels are repeated; what is no number counts as 0.</source>
            <translation>一像素宽的白色边缘：取明度 0.2126 R + 0.7152 G + 0.0722 B 经标准差的高斯模糊后的 Sobel 梯度（每像素的变化）；梯度不小于沿其方向的两个邻近值（像素之间线性插值）的像素保留；边缘始于梯度达到上阈值处，并沿相接且超过下阈值的像素延续，最多延续连接距离个像素（Canny，A computational approach to edge detection，1986）。不透明度为 a 的邻近像素按其颜色与（占 1 − a 的）该像素自身颜色的混合计；不透明度不变。图片边缘之外重复最外侧的像素；非数值按 0 计。</translation>
        </message>
        <message>
            <source>Inner sigma</source>
            <translation>内标准差</translation>
        </message>
        <message>
            <source>Standard deviation of the blur that is taken from; finer is noise.</source>
            <translation>被减的模糊的标准差；更细的部分视为噪点。</translation>
        </message>
        <message>
            <source>Outer sigma</source>
            <translation>外标准差</translation>
        </message>
        <message>
            <source>Standard deviation of the blur that is taken away.</source>
            <translation>减去的模糊的标准差。</translation>
        </message>
        <message>
            <source>What the difference is multiplied with.</source>
            <translation>差值乘以此数。</translation>
        </message>
        <message>
            <source>Grey where there is no edge; 0 is black, 1 is white.</source>
            <translation>没有边缘处的灰度；0 为黑，1 为白。</translation>
        </message>
        <message>
            <source>Fineness of the lines: standard deviation of the inner blur.</source>
            <translation>线条的精细程度：内侧模糊的标准差。</translation>
        </message>
        <message>
            <source>Ratio</source>
            <translation>比率</translation>
        </message>
        <message>
            <source>The outer blur is this many times as wide.</source>
            <translation>外侧模糊是内侧的多少倍宽。</translation>
        </message>
        <message>
            <source>Sharpness</source>
            <translation>锐利程度</translation>
        </message>
        <message>
            <source>How strongly edges count against the tone of areas.</source>
            <translation>相对于大面积色调，边缘占多大比重。</translation>
        </message>
        <message>
            <source>Threshold</source>
            <translation>阈值</translation>
        </message>
        <message>
            <source>Lightness from which on, once sharpened, paper stays white.</source>
            <translation>锐化后达到此明度的纸面保持白色。</translation>
        </message>
        <message>
            <source>Steepness</source>
            <translation>陡度</translation>
        </message>
        <message>
            <source>How fast it turns from white to ink: low is soft like pencil.</source>
            <translation>从白到墨变化多快：值低则柔和如铅笔。</translation>
        </message>
        <message>
            <source>Difference of Gaussians</source>
            <translation>高斯差分</translation>
        </message>
        <message>
            <source>Shows offset + amount · (g₁ − g₂), g₁ and g₂ the encoded colours under Gaussian blurs of the inner and the outer sigma; inverted, 1 less that; shared channels use the lightness 0.2126 R + 0.7152 G + 0.0722 B (Marr and Hildreth, Theory of edge detection, 1980). A neighbour of opacity a counts in the blurs as a mix of its colour and, in the part 1 − a, of the pixel's own; opacity stays; what is no number counts as 0.</source>
            <translation>显示 偏移 + 数量 · (g₁ − g₂)，g₁ 与 g₂ 为编码颜色经内、外标准差的高斯模糊；反相时为 1 减去该值；通道共用时使用明度 0.2126 R + 0.7152 G + 0.0722 B（Marr 与 Hildreth，Theory of edge detection，1980）。模糊时，不透明度为 a 的邻近像素按其颜色与（占 1 − a 的）该像素自身颜色的混合计；不透明度不变；非数值按 0 计。</translation>
        </message>
        <message>
            <source>Ink lines (XDoG)</source>
            <translation>墨线（XDoG）</translation>
        </message>
        <message>
            <source>Draws in ink: s = (1 + p) g − p g', g and g' the lightness 0.2126 R + 0.7152 G + 0.0722 B under Gaussian blurs of sigma and ratio · sigma, p the sharpness; white where s ≥ ε, else 1 + tanh(φ (s − ε)), ε the threshold and φ the steepness (Winnemöller, Kyprianidis and Olsen, XDoG, 2012). A neighbour of opacity a counts in the blurs as a mix of its colour and, in the part 1 − a, of the pixel's own; opacity stays; what is no number counts as 0.</source>
            <translation>用墨勾画：s = (1 + p) g − p g'，g 与 g' 为明度 0.2126 R + 0.7152 G + 0.0722 B 经标准差和 比率 · 标准差 的高斯模糊，p 为锐利程度；s ≥ ε 处为白，其余为 1 + tanh(φ (s − ε))，ε 为阈值，φ 为陡度（Winnemöller、Kyprianidis 与 Olsen，XDoG，2012）。模糊时，不透明度为 a 的邻近像素按其颜色与（占 1 − a 的）该像素自身颜色的混合计；不透明度不变；非数值按 0 计。</translation>
        </message>
        <message>
            <source>luma</source>
            <translation>加权亮度</translation>
        </message>
        <message>
            <source>luminance</source>
            <translation>光亮度</translation>
        </message>
        <message>
            <source>average</source>
            <translation>平均值</translation>
        </message>
        <message>
            <source>colour-weights</source>
            <translation>颜色权重</translation>
        </message>
        <message>
            <source>Grey from</source>
            <translation>灰度来自</translation>
        </message>
        <message>
            <source>What of a colour becomes its grey.</source>
            <translation>由颜色的哪一项变成灰度。</translation>
        </message>
        <message>
            <source>Reds</source>
            <translation>红色</translation>
        </message>
        <message>
            <source>Yellows</source>
            <translation>黄色</translation>
        </message>
        <message>
            <source>Greens</source>
            <translation>绿色</translation>
        </message>
        <message>
            <source>Cyans</source>
            <translation>青色</translation>
        </message>
        <message>
            <source>Blues</source>
            <translation>蓝色</translation>
        </message>
        <message>
            <source>Magentas</source>
            <translation>洋红</translation>
        </message>
        <message>
            <source>How much of the colour goes.</source>
            <translation>去掉多少颜色。</translation>
        </message>
        <message>
            <source>Tint</source>
            <translation>色调</translation>
        </message>
        <message>
            <source>How strongly the greys take on the colour below, as in sepia.</source>
            <translation>灰度染上下方颜色的程度，如棕褐色照片。</translation>
        </message>
        <message>
            <source>Tint colour</source>
            <translation>色调颜色</translation>
        </message>
        <message>
            <source>Black and white</source>
            <translation>黑白</translation>
        </message>
        <message>
            <source>Grey of each encoded colour: luma 0.2126 r + 0.7152 g + 0.0722 b (Rec. 709); luminance, the same of linear light, encoded again; lightness (max + min) / 2; average; value max(r, g, b); OKLCH, the grey of equal L (Ottosson, 2020); colour weights, min + p·(max − mid) + s·(mid − min) with the weights p of the primary colour that is greatest and s of the secondary colour opposite to the least. The tint adds its a and b in OKLab times 4L(1 − L). The result is mixed with the colour by the strength. Values above 1 survive.</source>
            <translation>每个编码颜色的灰度：加权亮度 0.2126 r + 0.7152 g + 0.0722 b（Rec. 709）；光亮度为线性光照的同一加权再编码；亮度 (max + min) / 2；平均值；明度 max(r, g, b)；OKLCH 为 L 相同的灰（Ottosson，2020）；颜色权重为 min + p·(max − mid) + s·(mid − min)，p 为最大原色的权重，s 为与最小者相对的间色的权重。色调加上其 OKLab 的 a 与 b 乘以 4L(1 − L)。结果按强度与原色混合。大于 1 的值得以保留。</translation>
        </message>
        <message>
            <source>How large the patches are.</source>
            <translation>色块的大小。</translation>
        </message>
        <message>
            <source>How much the evenest window counts before the others.</source>
            <translation>最均匀的窗口比其他窗口重要多少。</translation>
        </message>
        <message>
            <source>Oil paint (Kuwahara)</source>
            <translation>油画（Kuwahara）</translation>
        </message>
        <message>
            <source>Around each pixel lie four square windows of (r + 1)² pixels that have it in a corner, r the radius. Of each the mean encoded colour mᵢ and the standard deviation sᵢ of luma (Rec. 709) are taken, weighted by opacity; the pixel becomes Σ mᵢ·wᵢ / Σ wᵢ with wᵢ = (sᵢ + 0.001)^(−q), q the sharpness (Kuwahara et al., 1976; weights of Papari et al., 2007). Alpha stays; beyond the picture its outermost pixels are repeated.</source>
            <translation>每个像素周围有四个以它为角的 (r + 1)² 像素方窗，r 为半径。各窗按不透明度加权求编码颜色的均值 mᵢ 与加权亮度（Rec. 709）的标准差 sᵢ；像素变为 Σ mᵢ·wᵢ / Σ wᵢ，wᵢ = (sᵢ + 0.001)^(−q)，q 为锐度（Kuwahara 等，1976；权重依 Papari 等，2007）。alpha 不变；图片之外重复最外侧的像素。</translation>
        </message>
        <message>
            <source>nowhere</source>
            <translation>无</translation>
        </message>
        <message>
            <source>around-a-point</source>
            <translation>围绕一点</translation>
        </message>
        <message>
            <source>along-a-line</source>
            <translation>沿一条线</translation>
        </message>
        <message>
            <source>at-a-depth</source>
            <translation>某一深度</translation>
        </message>
        <message>
            <source>Size of the spot that a point of light becomes.</source>
            <translation>一个光点散开成的光斑大小。</translation>
        </message>
        <message>
            <source>Blades</source>
            <translation>叶片</translation>
        </message>
        <message>
            <source>Corners of the spot; below 3 it is round.</source>
            <translation>光斑的角数；小于 3 时为圆形。</translation>
        </message>
        <message>
            <source>Rotation</source>
            <translation>旋转</translation>
        </message>
        <message>
            <source>Turns a spot with corners counter-clockwise.</source>
            <translation>把有角的光斑逆时针旋转。</translation>
        </message>
        <message>
            <source>Rim</source>
            <translation>边缘亮度</translation>
        </message>
        <message>
            <source>Above 0 the spot's rim is brighter than its middle, below 0 it is darker.</source>
            <translation>大于 0 时光斑边缘比中间亮，小于 0 时比中间暗。</translation>
        </message>
        <message>
            <source>2.2 mixes light as a camera does, so bright points stay bright; 1 mixes the values as they are.</source>
            <translation>2.2 像相机那样混合光线，亮点因此保持明亮；1 按原样混合数值。</translation>
        </message>
        <message>
            <source>Sharp</source>
            <translation>清晰处</translation>
        </message>
        <message>
            <source>Where the picture is in focus; further away the blur grows up to the radius. Of a depth map, stretched over the picture, one grey is sharp.</source>
            <translation>图片合焦的位置；离得越远越模糊，直到所设半径。深度图会拉伸到整张图片，其中某一灰度为清晰。</translation>
        </message>
        <message>
            <source>Angle of the line</source>
            <translation>直线角度</translation>
        </message>
        <message>
            <source>Counter-clockwise; 0 is level.</source>
            <translation>逆时针；0 为水平。</translation>
        </message>
        <message>
            <source>Depth map</source>
            <translation>深度图</translation>
        </message>
        <message>
            <source>A picture whose red, or grey, says how far away everything is.</source>
            <translation>一张图片，用红色或灰度表示各处的远近。</translation>
        </message>
        <message>
            <source>Sharp depth</source>
            <translation>清晰深度</translation>
        </message>
        <message>
            <source>The grey of the depth map that is in focus: 0 black, 1 white.</source>
            <translation>深度图中合焦的灰度：0 为黑，1 为白。</translation>
        </message>
        <message>
            <source>Sharp within</source>
            <translation>清晰范围</translation>
        </message>
        <message>
            <source>How far from there all stays sharp, in parts of the picture's shorter side, or of the greys.</source>
            <translation>离该处多远以内保持清晰，以图片短边或灰度为单位。</translation>
        </message>
        <message>
            <source>Transition</source>
            <translation>过渡</translation>
        </message>
        <message>
            <source>Over how much more the blur grows from none to the radius.</source>
            <translation>再经过多远，模糊从无增长到所设半径。</translation>
        </message>
        <message>
            <source>Replaces each pixel by the mean of the light c^γ in the lens's opening around it, to the power 1/γ again, γ the gamma and c the encoded colour: a disc of radius r + 1/2 pixels or a regular polygon inside it, with weights 1 + rim · q⁴, q the part of the way from the middle to the rim, pixels at the rim by their covered area. A pixel of lightness l = 0.2126 R + 0.7152 G + 0.0722 B further weighs 1 + highlights · (l − t) / (1 − t), t the lightness they begin at, and by its opacity; opacity is the plain mean. Negative values count as 0; beyond the edge of the picture its outermost pixels are repeated; what is no number counts as 0 (Potmesil and Chakravarty, A lens and aperture camera model, 1981). Sharp somewhere: each pixel has the radius r · clip((d − w) / f), d its distance from the centre, or from the line through it, in parts of the picture's shorter side, or what its grey in the depth map (kept as half floats) differs from the sharp depth; w sharp within, f the transition; it is mixed linearly of the two blurs with radii r · (k / 8)², k = 0 … 8, that its own lies between.</source>
            <translation>用周围镜头光圈范围内的光 c^γ 的平均值替换每个像素，再取 1/γ 次方，γ 为伽马，c 为编码颜色：光圈为半径 r + 1/2 像素的圆盘，或其中的正多边形，权重为 1 + 边缘亮度 · q⁴，q 为从中心到边缘的比例，边缘处的像素按被覆盖的面积计。明度 0.2126 R + 0.7152 G + 0.0722 B 记为 l，像素另按 1 + 高光 · (l − t) / (1 − t) 加权，t 为高光起点的明度，并按不透明度加权；不透明度为普通平均值。负值按 0 计；图片边缘之外重复最外侧的像素；非数值按 0 计（Potmesil 与 Chakravarty，A lens and aperture camera model，1981）。在某处清晰时：每个像素各有半径 r · clip((d − w) / f)，d 为它到中心（或到过中心的直线）的距离，以图片短边为单位，或它在深度图（以半精度浮点数保存）中的灰度与清晰深度之差；w 为清晰范围，f 为过渡；结果由半径 r · (k / 8)²（k = 0 … 8）中与之相邻的两个模糊线性混合而成。</translation>
        </message>
        <message>
            <source>Highlights</source>
            <translation>高光</translation>
        </message>
        <message>
            <source>How much more the brightest pixels weigh than dark ones.</source>
            <translation>最亮的像素比暗的像素多占多少权重。</translation>
        </message>
        <message>
            <source>Highlights from</source>
            <translation>高光起点</translation>
        </message>
        <message>
            <source>Lightness from which on a pixel weighs more.</source>
            <translation>从此明度起像素的权重增加。</translation>
        </message>
        <message>
            <source>Lens blur</source>
            <translation>镜头模糊</translation>
        </message>
        <message>
            <source>tetrahedral</source>
            <translation>四面体</translation>
        </message>
        <message>
            <source>trilinear</source>
            <translation>三线性</translation>
        </message>
        <message>
            <source>“{file}” is no colour table of the kind .cube ({reason})</source>
            <translation>“{file}”不是 .cube 颜色查找表（{reason}）</translation>
        </message>
        <message>
            <source>Colour table</source>
            <translation>颜色查找表</translation>
        </message>
        <message>
            <source>A .cube file; the picture keeps what stands in it.</source>
            <translation>.cube 文件；其内容存入图片。</translation>
        </message>
        <message>
            <source>Between entries</source>
            <translation>表项之间</translation>
        </message>
        <message>
            <source>Tetrahedral keeps greys cleaner; trilinear is smoother.</source>
            <translation>四面体使灰色更纯；三线性更平滑。</translation>
        </message>
        <message>
            <source>Colour table (LUT)</source>
            <translation>颜色查找表（LUT）</translation>
        </message>
        <message>
            <source>Encoded colours, cut to the domain of the table, are looked up in it: n entries for each channel, or n × n × n for all three, red fastest (Cube LUT Specification 1.0, Adobe Systems, 2013). Between entries of the three-dimensional table colours are mixed from the four corners of the tetrahedron that is reached from the darkest corner along the axes in the order of their parts, greatest first (Kasson et al., 1995), or linearly from eight. The change times the strength is added, so what lies beyond the domain keeps its excess.</source>
            <translation>编码颜色截到表的定义域后查表：每个通道 n 项，或三个通道合用 n × n × n 项，红色变化最快（Cube LUT Specification 1.0，Adobe Systems，2013）。三维表的表项之间，由四面体的四角混合：从最暗的一角出发，按各轴所余部分从大到小依次前进（Kasson 等，1995），或由八角线性混合。加上变化乘以强度，因此定义域之外的部分保留其超出量。</translation>
        </message>
        <message>
            <source>bradford</source>
            <translation>Bradford</translation>
        </message>
        <message>
            <source>cat16</source>
            <translation>CAT16</translation>
        </message>
        <message>
            <source>camera</source>
            <translation>相机</translation>
        </message>
        <message>
            <source>Down to cyan, up to red.</source>
            <translation>向下偏青，向上偏红。</translation>
        </message>
        <message>
            <source>Down to magenta, up to green.</source>
            <translation>向下偏洋红，向上偏绿。</translation>
        </message>
        <message>
            <source>Down to yellow, up to blue.</source>
            <translation>向下偏黄，向上偏蓝。</translation>
        </message>
        <message>
            <source>Shadows: red</source>
            <translation>阴影：红</translation>
        </message>
        <message>
            <source>Shadows: green</source>
            <translation>阴影：绿</translation>
        </message>
        <message>
            <source>Shadows: blue</source>
            <translation>阴影：蓝</translation>
        </message>
        <message>
            <source>Midtones: red</source>
            <translation>中间调：红</translation>
        </message>
        <message>
            <source>Midtones: green</source>
            <translation>中间调：绿</translation>
        </message>
        <message>
            <source>Midtones: blue</source>
            <translation>中间调：蓝</translation>
        </message>
        <message>
            <source>Highlights: red</source>
            <translation>高光：红</translation>
        </message>
        <message>
            <source>Highlights: green</source>
            <translation>高光：绿</translation>
        </message>
        <message>
            <source>Highlights: blue</source>
            <translation>高光：蓝</translation>
        </message>
        <message>
            <source>Keep luminosity</source>
            <translation>保持明度</translation>
        </message>
        <message>
            <source>Only the colour changes, not how light it is.</source>
            <translation>只改变颜色，不改变明暗。</translation>
        </message>
        <message>
            <source>Red: from red</source>
            <translation>红：取自红</translation>
        </message>
        <message>
            <source>Red: from green</source>
            <translation>红：取自绿</translation>
        </message>
        <message>
            <source>Red: from blue</source>
            <translation>红：取自蓝</translation>
        </message>
        <message>
            <source>Red: constant</source>
            <translation>红：常数</translation>
        </message>
        <message>
            <source>Green: from red</source>
            <translation>绿：取自红</translation>
        </message>
        <message>
            <source>Green: from green</source>
            <translation>绿：取自绿</translation>
        </message>
        <message>
            <source>Green: from blue</source>
            <translation>绿：取自蓝</translation>
        </message>
        <message>
            <source>Green: constant</source>
            <translation>绿：常数</translation>
        </message>
        <message>
            <source>Blue: from red</source>
            <translation>蓝：取自红</translation>
        </message>
        <message>
            <source>Blue: from green</source>
            <translation>蓝：取自绿</translation>
        </message>
        <message>
            <source>Blue: from blue</source>
            <translation>蓝：取自蓝</translation>
        </message>
        <message>
            <source>Blue: constant</source>
            <translation>蓝：常数</translation>
        </message>
        <message>
            <source>Monochrome</source>
            <translation>单色</translation>
        </message>
        <message>
            <source>The numbers of red make one grey.</source>
            <translation>用红色一组的数值混合出灰度。</translation>
        </message>
        <message>
            <source>What a channel takes is divided by its sum: white stays.</source>
            <translation>各通道的系数除以其总和：白色不变。</translation>
        </message>
        <message>
            <source>Taken in</source>
            <translation>拍摄光线</translation>
        </message>
        <message>
            <source>Temperature of the light there was: candle 1900, lamp 2900, sun 5500, shade 7500.</source>
            <translation>拍摄时光线的色温：烛光 1900，灯泡 2900，阳光 5500，阴影处 7500。</translation>
        </message>
        <message>
            <source>Shown in</source>
            <translation>目标光线</translation>
        </message>
        <message>
            <source>Temperature of the light it shall seem to be in.</source>
            <translation>希望呈现的光线色温。</translation>
        </message>
        <message>
            <source>Down to green, up to magenta.</source>
            <translation>向下偏绿，向上偏洋红。</translation>
        </message>
        <message>
            <source>Bradford and CAT16: as the eye adapts. Camera: red, green and blue are multiplied.</source>
            <translation>Bradford 与 CAT16：如眼睛的适应。相机：红、绿、蓝各乘一个倍数。</translation>
        </message>
        <message>
            <source>Colour balance</source>
            <translation>色彩平衡</translation>
        </message>
        <message>
            <source>To each encoded channel is added 0.3 · (s·S + m·M + h·H), S, M and H its pushes for shadows, midtones and highlights; with the luma Y = 0.2126 r + 0.7152 g + 0.0722 b (Rec. 709) s = clip(3(½ − Y)), h = clip(3(Y − ½)), m = 1 − s − h, clip cutting to 0–1. To keep luminosity, the same amount is then added to all three so that Y stays. Values above 1 survive.</source>
            <translation>每个编码通道加上 0.3 · (s·S + m·M + h·H)，S、M、H 为阴影、中间调与高光的推移；加权亮度 Y = 0.2126 r + 0.7152 g + 0.0722 b（Rec. 709），s = clip(3(½ − Y))，h = clip(3(Y − ½))，m = 1 − s − h，clip 截到 0–1。保持明度时，再给三个通道加上同一数值，使 Y 不变。大于 1 的值得以保留。</translation>
        </message>
        <message>
            <source>Channel mixer</source>
            <translation>通道混合器</translation>
        </message>
        <message>
            <source>Each new channel is a sum a·r + b·g + c·b + k of the old ones, encoded or in linear light (decoded by the sRGB curve, IEC 61966-2-1, and encoded again); monochrome uses the sum of red for all three. To keep luminosity, a, b and c are divided by their sum where that is not 0. A matrix on colour as in any textbook (Gonzalez and Woods, Digital Image Processing, ch. 6). Values above 1 survive.</source>
            <translation>每个新通道是旧通道的和 a·r + b·g + c·b + k，按存储值或线性光照（按 sRGB 曲线 IEC 61966-2-1 解码，之后再编码）；单色时三个通道都用红色的和。保持明度时，a、b、c 除以其总和（总和不为 0 时）。即教科书中的颜色矩阵（Gonzalez 与 Woods，《数字图像处理》第 6 章）。大于 1 的值得以保留。</translation>
        </message>
        <message>
            <source>White balance</source>
            <translation>白平衡</translation>
        </message>
        <message>
            <source>In linear light of sRGB (IEC 61966-2-1), encoded again after: colours go to CIE XYZ, by the matrix of the method to three responses, which are multiplied by those of the wanted white over those of the white there was, and back (von Kries; Bradford by Lam, 1985; CAT16 by Li et al., 2017; camera takes the responses red, green, blue). A white is that of a black body by the cubics of Kim et al. (2002), moved in (u, v) of CIE 1960 by the way from that of 6504 K to D65, in shares that rise evenly with 1/T from 0 at 2856 K to 1 at 6504 K, and the one there was by 0.02 × tint in v. To keep luminosity all is multiplied so that Y stays, at most 16 times. Values above 1 survive.</source>
            <translation>在 sRGB 的线性光照（IEC 61966-2-1）中计算，之后再编码：颜色转到 CIE XYZ，按方法的矩阵变为三个响应，乘以目标白与原白的响应之比，再转回（von Kries；Bradford 由 Lam，1985；CAT16 由 Li 等，2017；相机以红、绿、蓝为响应）。白点为黑体的白点，按 Kim 等（2002）的三次式求得，并在 CIE 1960 的 (u, v) 中按 6504 K 黑体到 D65 的差移动，比例随 1/T 从 2856 K 的 0 均匀升到 6504 K 的 1；原白的 v 再移动 0.02 × 色调。保持明度时整体相乘使 Y 不变，最多 16 倍。大于 1 的值得以保留。</translation>
        </message>
        <message>
            <source>both-sides</source>
            <translation>两侧</translation>
        </message>
        <message>
            <source>one-side</source>
            <translation>单侧</translation>
        </message>
        <message>
            <source>Centre X</source>
            <translation>中心 X</translation>
        </message>
        <message>
            <source>Across the picture: 0 is its left edge, 1 its right edge.</source>
            <translation>横向位置：0 为图片左边缘，1 为右边缘。</translation>
        </message>
        <message>
            <source>Centre Y</source>
            <translation>中心 Y</translation>
        </message>
        <message>
            <source>Down the picture: 0 is its upper edge, 1 its lower edge.</source>
            <translation>纵向位置：0 为图片上边缘，1 为下边缘。</translation>
        </message>
        <message>
            <source>Blur length</source>
            <translation>模糊长度</translation>
        </message>
        <message>
            <source>How far each point is drawn out; 1 leaves the picture as it is.</source>
            <translation>每个点被拉开多远；1 使图片保持原样。</translation>
        </message>
        <message>
            <source>Direction: 0 is to the right, 90 is up.</source>
            <translation>方向：0 为向右，90 为向上。</translation>
        </message>
        <message>
            <source>Trail</source>
            <translation>拖尾</translation>
        </message>
        <message>
            <source>Both sides: drawn out around its place. One side: drawn out in the direction only.</source>
            <translation>两侧：在原位两边拉开。单侧：只向该方向拉开。</translation>
        </message>
        <message>
            <source>The whole arc that each point is drawn out to.</source>
            <translation>每个点被拉开成的整段圆弧。</translation>
        </message>
        <message>
            <source>How far each point is drawn out, as a part of its distance from the centre.</source>
            <translation>每个点被拉开多远，为其到中心距离的一部分。</translation>
        </message>
        <message>
            <source>Both sides: drawn out around its place. One side: drawn out away from the centre only.</source>
            <translation>两侧：在原位两边拉开。单侧：只向远离中心的方向拉开。</translation>
        </message>
        <message>
            <source>Replaces each pixel by the mean of the picture along the arc around the centre from −φ/2 to φ/2 as seen from it, φ the angle: of n = ⌈distance · φ⌉ points, at most 2048, at −φ/2 + (k + 1/2) φ/n, linear between pixels; colours are weighted by their opacity. In blocks of 256 pixels a side that have 24 points everywhere and no part within 64 pixels of the centre, the mean is that of points half a pixel, or 1/2048 of the arc, apart on the two nearest of rings half a pixel apart, mixed linearly. Beyond the edge of the picture its outermost pixels are repeated; what is no number counts as 0 (Potmesil and Chakravarty, Modeling motion blur, 1983).</source>
            <translation>用图片沿绕中心的圆弧的平均值替换每个像素，圆弧从该像素起为 −φ/2 到 φ/2，φ 为角度：取 n = ⌈距离 · φ⌉ 个点，最多 2048 个，位于 −φ/2 + (k + 1/2) φ/n，像素之间线性插值；颜色按不透明度加权。在边长 256 像素、处处不少于 24 个点且离中心至少 64 像素的块中，平均值取自相距半像素的圆环中最近的两个，环上各点相距半像素或弧长的 1/2048，两环线性混合。图片边缘之外重复最外侧的像素；非数值按 0 计（Potmesil 与 Chakravarty，Modeling motion blur，1983）。</translation>
        </message>
        <message>
            <source>Replaces each pixel by the mean of the picture along the ray from the centre, between 1 − z/2 and 1 + z/2 times its distance, or 1 − z and 1 for a trail on one side, z the amount: of n = ⌈distance · z⌉ points, at most 2048, in the middle of n equal parts, linear between pixels; colours are weighted by their opacity. In blocks of 256 pixels a side that have 24 points everywhere and no part within 64 pixels of the centre, the mean is that of points half a pixel, or 1/2048 of the ray, apart on the two nearest of rays at most half a pixel apart, mixed linearly. Beyond the edge of the picture its outermost pixels are repeated; what is no number counts as 0 (Potmesil and Chakravarty, Modeling motion blur, 1983).</source>
            <translation>用图片沿从中心出发的射线的平均值替换每个像素，范围为其距离的 1 − z/2 到 1 + z/2 倍，拖尾为单侧时为 1 − z 到 1 倍，z 为数量：取 n = ⌈距离 · z⌉ 个点，最多 2048 个，位于 n 等分的中点，像素之间线性插值；颜色按不透明度加权。在边长 256 像素、处处不少于 24 个点且离中心至少 64 像素的块中，平均值取自相距至多半像素的射线中最近的两条，线上各点相距半像素或线长的 1/2048，两线线性混合。图片边缘之外重复最外侧的像素；非数值按 0 计（Potmesil 与 Chakravarty，Modeling motion blur，1983）。</translation>
        </message>
        <message>
            <source>Motion blur</source>
            <translation>动感模糊</translation>
        </message>
        <message>
            <source>Replaces each pixel by the mean of the picture along a line of the given length and angle through it, or, for a trail on one side, ending at it: of points 1/32 pixel apart, linear between pixels, from −(l − 1)/2 to (l − 1)/2 pixels, l the length; colours are weighted by their opacity. Beyond the edge of the picture its outermost pixels are repeated; what is no number counts as 0 (Potmesil and Chakravarty, Modeling motion blur, 1983).</source>
            <translation>用图片沿一条线的平均值替换每个像素，线有给定的长度和角度，穿过该像素，拖尾为单侧时止于该像素：取相距 1/32 像素、像素之间线性插值的各点，从 −(l − 1)/2 到 (l − 1)/2 像素，l 为长度；颜色按不透明度加权。图片边缘之外重复最外侧的像素；非数值按 0 计（Potmesil 与 Chakravarty，Modeling motion blur，1983）。</translation>
        </message>
        <message>
            <source>Radial blur</source>
            <translation>旋转模糊</translation>
        </message>
        <message>
            <source>Zoom blur</source>
            <translation>缩放模糊</translation>
        </message>
        <message>
            <source>both</source>
            <translation>两者</translation>
        </message>
        <message>
            <source>darker</source>
            <translation>更暗</translation>
        </message>
        <message>
            <source>brighter</source>
            <translation>更亮</translation>
        </message>
        <message>
            <source>Polarity</source>
            <translation>极性</translation>
        </message>
        <message>
            <source>Whether spots are darker or brighter than what is around them, or both.</source>
            <translation>斑点比周围更暗还是更亮，或两者都算。</translation>
        </message>
        <message>
            <source>How far away the first round looks; each further round so much farther.</source>
            <translation>第一轮看多远；之后每轮再远这么多。</translation>
        </message>
        <message>
            <source>Smaller differences are steps of a gradient, larger ones are drawing; 1 is the full range.</source>
            <translation>更小的差别是渐变的台阶，更大的是画面；1 为全范围。</translation>
        </message>
        <message>
            <source>More rounds also smooth wide bands.</source>
            <translation>轮数越多，较宽的色带也会被平滑。</translation>
        </message>
        <message>
            <source>Fine noise that keeps bands from coming back in 8 bits; the largest change, up or down.</source>
            <translation>防止 8 位下色带重现的细小噪点；最大的上下变化。</translation>
        </message>
        <message>
            <source>How far a pixel stands out from all eight around it before it is replaced; 1 is the full range.</source>
            <translation>像素比周围八个像素突出多少才会被替换；1 为全范围。</translation>
        </message>
        <message>
            <source>Spots and scratches up to about this width are removed.</source>
            <translation>约在此宽度以内的斑点和划痕会被去除。</translation>
        </message>
        <message>
            <source>Pixels closer to the middle value of what is around them are left alone; 1 is the full range.</source>
            <translation>与周围中值更接近的像素保持不变；1 为全范围。</translation>
        </message>
        <message>
            <source>Deband</source>
            <translation>去色带</translation>
        </message>
        <message>
            <source>In round n = 1, 2, … each encoded colour value becomes the mean of four pixels, at a random distance up to n times the radius in a random direction and the three at right angles to it, if it differs from that mean by less than threshold / n; then uniform noise up to ± grain is added. The numbers come from Philox-4x32-10 and depend only on seed, round and pixel (deband of the mpv player, as described in its manual; Roberts, Picture coding using pseudo-random noise, 1962). A neighbour of opacity a counts as a mix of its colour and, in the part 1 − a, of the pixel's own; opacity stays. Beyond the edge of the picture its outermost pixels are repeated; what is no number counts as 0.</source>
            <translation>在第 n = 1、2、… 轮，若编码颜色值与四个像素的平均值之差小于 阈值 / n，则取该平均值；四个像素位于随机方向及与其成直角的三个方向上，随机距离最大为半径的 n 倍；最后加上不超过 ± 颗粒 的均匀噪点。随机数来自 Philox-4x32-10，只取决于种子、轮次和像素（mpv 播放器的 deband，见其手册；Roberts，Picture coding using pseudo-random noise，1962）。不透明度为 a 的邻近像素按其颜色与（占 1 − a 的）该像素自身颜色的混合计；不透明度不变。图片边缘之外重复最外侧的像素；非数值按 0 计。</translation>
        </message>
        <message>
            <source>Dead and hot pixels</source>
            <translation>坏点与热像素</translation>
        </message>
        <message>
            <source>Where an encoded colour value is greater than all eight around it by more than the threshold, or less than all by more, it becomes their median, the mean of the fourth and fifth of them in order; each channel alone (isolated points, Gonzalez and Woods, Digital Image Processing, section 10.2). Transparent neighbours do not count; opacity stays. At the edge of the picture its pixels are mirrored; what is no number counts as 0.</source>
            <translation>若编码颜色值比周围八个值都大出阈值以上，或都小出阈值以上，则取这八个值的中值，即排序后第四与第五个的平均值；各通道单独处理（孤立点，Gonzalez 与 Woods，《数字图像处理》10.2 节）。透明的邻近像素不计；不透明度不变。图片边缘处像素作镜像；非数值按 0 计。</translation>
        </message>
        <message>
            <source>Dust and scratches</source>
            <translation>蒙尘与划痕</translation>
        </message>
        <message>
            <source>Where a colour c differs in any channel by more than the threshold from the median m of the square of side 2r + 1 around it, r the radius, it becomes m; darker spots are those with m − c, brighter ones those with c − m above the threshold. m is the median of each colour times opacity, divided by the median of opacity; opacity stays (conditional median filter, Pitas and Venetsanopoulos, Nonlinear Digital Filters, 1990). Beyond the edge of the picture its outermost pixels are repeated; what is no number counts as 0.</source>
            <translation>若颜色 c 在任一通道上与周围边长 2r + 1 的正方形的中值 m 相差超过阈值，则取 m，r 为半径；更暗的斑点指 m − c 超过阈值，更亮的指 c − m 超过阈值。m 为颜色乘以不透明度的中值除以不透明度的中值；不透明度不变（条件中值滤波，Pitas 与 Venetsanopoulos，Nonlinear Digital Filters，1990）。图片边缘之外重复最外侧的像素；非数值按 0 计。</translation>
        </message>
        <message>
            <source>sine</source>
            <translation>正弦</translation>
        </message>
        <message>
            <source>triangle</source>
            <translation>三角</translation>
        </message>
        <message>
            <source>sawtooth</source>
            <translation>锯齿</translation>
        </message>
        <message>
            <source>across-it</source>
            <translation>横向</translation>
        </message>
        <message>
            <source>along-it</source>
            <translation>纵向</translation>
        </message>
        <message>
            <source>noise</source>
            <translation>噪点</translation>
        </message>
        <message>
            <source>map</source>
            <translation>置换图</translation>
        </message>
        <message>
            <source>across-and-down</source>
            <translation>横向与纵向</translation>
        </message>
        <message>
            <source>out-and-around</source>
            <translation>向外与环绕</translation>
        </message>
        <message>
            <source>“{file}” is no picture from which a map could be made</source>
            <translation>“{file}”不是可以用作置换图的图片</translation>
        </message>
        <message>
            <source>Amplitude</source>
            <translation>振幅</translation>
        </message>
        <message>
            <source>How far pixels move.</source>
            <translation>像素移动多远。</translation>
        </message>
        <message>
            <source>How much of the amplitude counts this way; below 0 it is the other way.</source>
            <translation>振幅在此方向上所占的份额；小于 0 时方向相反。</translation>
        </message>
        <message>
            <source>Wavelength</source>
            <translation>波长</translation>
        </message>
        <message>
            <source>Phase</source>
            <translation>相位</translation>
        </message>
        <message>
            <source>Wave form</source>
            <translation>波形</translation>
        </message>
        <message>
            <source>Aspect</source>
            <translation>宽高比</translation>
        </message>
        <message>
            <source>Width of the rings for their height.</source>
            <translation>圆环的宽与高之比。</translation>
        </message>
        <message>
            <source>The direction in which the waves run, clockwise from the right.</source>
            <translation>波行进的方向，自右侧起顺时针。</translation>
        </message>
        <message>
            <source>Pixels move</source>
            <translation>像素移动方向</translation>
        </message>
        <message>
            <source>Angle and wavelength change a little so that whole waves fit; with edges that wrap, a tile stays one.</source>
            <translation>略微调整角度和波长，使波数为整数；边缘选“环绕”时，可拼贴的图片仍可拼贴。</translation>
        </message>
        <message>
            <source>Around a centre, the first moves away from it and the second clockwise.</source>
            <translation>绕中心时，第一方向离开中心，第二方向沿顺时针环绕。</translation>
        </message>
        <message>
            <source>Moved by</source>
            <translation>位移依据</translation>
        </message>
        <message>
            <source>Of a map, stretched over the picture, red moves across and green down; middle grey stays.</source>
            <translation>置换图拉伸到整张图片：红色决定横向位移，绿色决定纵向位移；中灰处不动。</translation>
        </message>
        <message>
            <source>Map</source>
            <translation>置换图</translation>
        </message>
        <message>
            <source>A picture; its own pixels are kept, at full size and precision.</source>
            <translation>一张图片；按完整大小和精度保留它自身的像素。</translation>
        </message>
        <message>
            <source>Its red, or grey, counts instead of the first map's green.</source>
            <translation>以它的红色（或灰度）代替第一张图的绿色。</translation>
        </message>
        <message>
            <source>A pixel at p takes the colour at p + a · (s1 n1(p), s2 n2(p)): a the amplitude, s1 and s2 the shares across and down, n sums of value noise Σ 2^−i · v(p · 2^i / size) divided by Σ 2^−i, v random numbers from −1 to 1 on whole numbers (Philox-4x32-10, Salmon et al., 2011), between them mixed by 6t⁵ − 15t⁴ + 10t³ (Perlin, Improving noise, 2002). With a map n1 is (255 r − 128) / 127 and n2 (255 g − 128) / 127 of its red and green, 0–1, cut to −1…1, kept as half floats at the map's own size (up to 2²⁶ pixels) and linear between its pixels, stretched over the picture (displacement maps of Photoshop); of a second map the red is n2. Out and around, a pixel at distance r and angle φ from the centre takes the colour at r + a s1 n1 and φ + a s2 n2 / max(r, ½). Places are rounded to 1/32 pixel; beyond the picture its outermost pixels are repeated unless asked otherwise.</source>
            <translation>位于 p 的像素取 p + a · (s1 n1(p), s2 n2(p)) 处的颜色：a 为振幅，s1、s2 为横向和纵向的份额，n 为值噪声之和 Σ 2^−i · v(p · 2^i / 大小) 除以 Σ 2^−i，v 在整数处为 −1 到 1 的随机数（Philox-4x32-10，Salmon 等，2011），其间按 6t⁵ − 15t⁴ + 10t³ 混合（Perlin，Improving noise，2002）。使用置换图时，n1 为 (255 r − 128) / 127，n2 为 (255 g − 128) / 127，r、g 为其 0–1 的红、绿值，结果截到 −1…1，以半精度浮点数按置换图自身的大小保存（最多 2²⁶ 个像素），像素之间线性插值，拉伸到整张图片（Photoshop 的置换图）；有第二张图时，n2 取其红色。选择向外与环绕时，与中心距离 r、成角 φ 的像素取距离 r + a s1 n1、角度 φ + a s2 n2 / max(r, ½) 处的颜色。位置取整到 1/32 像素；除非另选，图片之外重复最外侧的像素。</translation>
        </message>
        <message>
            <source>How far apart the bumps of the noise are.</source>
            <translation>噪声起伏之间的距离。</translation>
        </message>
        <message>
            <source>Second map</source>
            <translation>第二张置换图</translation>
        </message>
        <message>
            <source>Compression</source>
            <translation>压缩</translation>
        </message>
        <message>
            <source>How much the difference between bright and dark areas shrinks; at 1 all are equally light.</source>
            <translation>明暗区域之间的差别缩小多少；为 1 时所有区域同样亮。</translation>
        </message>
        <message>
            <source>Detail</source>
            <translation>细节</translation>
        </message>
        <message>
            <source>Contrast of what is smaller than the radius; 1 leaves it.</source>
            <translation>小于半径的内容的对比度；1 为保持不变。</translation>
        </message>
        <message>
            <source>How large an area is.</source>
            <translation>区域的大小。</translation>
        </message>
        <message>
            <source>Edges from</source>
            <translation>边缘起点</translation>
        </message>
        <message>
            <source>Greater steps of light are edges of areas, which get no halo; smaller ones are detail.</source>
            <translation>更大的明暗跳变视为区域边缘，不会出现光晕；更小的视为细节。</translation>
        </message>
        <message>
            <source>In linear light x of sRGB (IEC 61966-2-1) times 2^E, negative values as 0, with the luminance Y (Rec. 709) and l = log2 max(Y, 2⁻¹⁰): b is l under a guided filter by itself (He, Sun and Tang, Guided image filtering, 2013): in each square of side 2r + 1, r the radius, a = v / (v + t²) with v the variance of l there and t the edge in stops, and b is the mean of a · l + (1 − a) · m, m the mean of l in the square and l the pixel's own, over all squares that hold it. Then l' = g + (1 − C)(b − g) + D (l − b), g = log2 0.18, C the compression, D the detail, and x' = 2^(l' − l) · Y · (x / Y)^s, s the saturation, is encoded again (base and detail: Durand and Dorsey, Fast bilateral filtering for high-dynamic-range images, 2002). All means are weighted by opacity, which stays. Beyond the edge of the picture its outermost pixels are repeated; what is no number counts as 0.</source>
            <translation>在 sRGB 的线性光 x（IEC 61966-2-1）中乘以 2^E，负值按 0 计，Y 为亮度（Rec. 709），l = log2 max(Y, 2⁻¹⁰)：b 是以自身为引导的引导滤波后的 l（He、Sun 与 Tang，Guided image filtering，2013）：在每个边长 2r + 1 的正方形中（r 为半径），a = v / (v + t²)，v 为其中 l 的方差，t 为以档计的边缘；b 为所有包含该像素的正方形中 a · l + (1 − a) · m 的平均值，m 为正方形中 l 的平均值，l 为该像素自己的值。然后 l' = g + (1 − C)(b − g) + D (l − b)，g = log2 0.18，C 为压缩，D 为细节；x' = 2^(l' − l) · Y · (x / Y)^s，s 为饱和度，再重新编码（基底与细节：Durand 与 Dorsey，Fast bilateral filtering for high-dynamic-range images，2002）。所有平均值按不透明度加权，不透明度不变。图片边缘之外重复最外侧的像素；非数值按 0 计。</translation>
        </message>
        <message>
            <source>How many finer noises are added, each half as large and strong.</source>
            <translation>叠加多少级更细的噪声，每级大小与强度减半。</translation>
        </message>
        <message>
            <source>The same seed gives the same unrest.</source>
            <translation>相同的种子得到相同的扰动。</translation>
        </message>
        <message>
            <source>A pixel at p takes the colour at p + a·f((p · d) / λ + φ / 360°) · n: d the direction of the angle, n at right angles to it or d itself, a the amplitude, λ the wavelength, φ the phase, f the wave form of a turn: sin(2πt), the triangle with the same zeros, or 2(t mod 1) − 1 (the mapping of ripple in GEGL). Places are rounded to 1/32 pixel; beyond the picture its outermost pixels are repeated unless asked otherwise. Seamless: d / λ becomes (m / width, n / height), m and n the nearest whole numbers, at least one of them not 0.</source>
            <translation>位于 p 的像素取 p + a·f((p · d) / λ + φ / 360°) · n 处的颜色：d 为角度的方向，n 与之垂直或就是 d，a 为振幅，λ 为波长，φ 为相位，f 为一周的波形：sin(2πt)、零点相同的三角波，或 2(t mod 1) − 1（GEGL 的波纹映射）。位置取整到 1/32 像素；除非另选，图片之外重复最外侧的像素。无缝：d / λ 变为（m / 宽，n / 高），m、n 为最接近的整数，至少一个不为 0。</translation>
        </message>
        <message>
            <source>Waves</source>
            <translation>波浪</translation>
        </message>
        <message>
            <source>A pixel at the offset o from the centre takes the colour at o + a·f(r / λ + φ / 360°) · e: r the length of e0 = (o.x / aspect, o.y), e = e0 / r, a the amplitude, λ the wavelength, φ the phase, f the wave form of a turn: sin(2πt), the triangle with the same zeros, or 2(t mod 1) − 1 (the mapping of waves in GEGL). Places are rounded to 1/32 pixel; beyond the picture its outermost pixels are repeated unless asked otherwise.</source>
            <translation>相对中心偏移为 o 的像素取 o + a·f(r / λ + φ / 360°) · e 处的颜色：r 为 e0 = (o.x / 宽高比，o.y) 的长度，e = e0 / r，a 为振幅，λ 为波长，φ 为相位，f 为一周的波形：sin(2πt)、零点相同的三角波，或 2(t mod 1) − 1（GEGL 的波浪映射）。位置取整到 1/32 像素；除非另选，图片之外重复最外侧的像素。</translation>
        </message>
        <message>
            <source>Ripple</source>
            <translation>波纹</translation>
        </message>
        <message>
            <source>Shadows</source>
            <translation>阴影</translation>
        </message>
        <message>
            <source>Up: dark places become lighter.</source>
            <translation>向上：暗处变亮。</translation>
        </message>
        <message>
            <source>Shadows up to</source>
            <translation>阴影上限</translation>
        </message>
        <message>
            <source>Lightness of the surroundings at which it ends.</source>
            <translation>周围明度到此为止。</translation>
        </message>
        <message>
            <source>Down: light places become darker.</source>
            <translation>向下：亮处变暗。</translation>
        </message>
        <message>
            <source>Lightness of the surroundings at which it begins.</source>
            <translation>周围明度从此开始。</translation>
        </message>
        <message>
            <source>The lightness that counts as white.</source>
            <translation>视为白色的明度。</translation>
        </message>
        <message>
            <source>How wide the surroundings are: sigma of a Gaussian blur.</source>
            <translation>周围的范围：高斯模糊的标准差。</translation>
        </message>
        <message>
            <source>How far colours become stronger where it becomes lighter.</source>
            <translation>变亮处颜色随之加浓的程度。</translation>
        </message>
        <message>
            <source>Same colour in highlights</source>
            <translation>高光颜色相同</translation>
        </message>
        <message>
            <source>Colour in highlights</source>
            <translation>高光颜色</translation>
        </message>
        <message>
            <source>How far colours follow where highlights are changed.</source>
            <translation>改变高光时颜色随之变化的程度。</translation>
        </message>
        <message>
            <source>In OKLab (Ottosson, 2020) of the sRGB-encoded colour, lightness and surroundings divided by the white point w: L1 = L^(2^(−2·S·d)), then L' = 1 − (1 − L1)^(2^(2·H·b)), S the shadows, H the highlights, d = clip(1 − B / s), b = clip((B − h) / (1 − h)), clip cutting to 0–1; B is L (cut to 0–2) blurred with sigma the radius, colours weighted by their opacity, s and h the ends of the ranges. a and b are multiplied by 1 + c(L' / L − 1), c the colour, at most 8 times; where highlights have a colour e of their own, c + (e − c) b / (b + d) is in its place. What lies above white in float pictures is added unchanged (after the shadow and highlight correction by masks of Moroney, Local color correction, 2000).</source>
            <translation>在 sRGB 编码颜色的 OKLab（Ottosson，2020）中，明度与周围都除以白场 w：L1 = L^(2^(−2·S·d))，然后 L' = 1 − (1 − L1)^(2^(2·H·b))，S 为阴影，H 为高光，d = clip(1 − B / s)，b = clip((B − h) / (1 − h))，clip 截到 0–1；B 是 L（截到 0–2）以半径为标准差模糊所得，颜色按不透明度加权，s 与 h 为范围的端点。a 与 b 乘以 1 + c(L' / L − 1)，c 为颜色，最多 8 倍。浮点图片中超过白色的部分原样加回（依据 Moroney 的蒙版校正，Local color correction，2000）。高光另设颜色 e 时，以 c + (e − c) b / (b + d) 代替 c。</translation>
        </message>
        <message>
            <source>Shadows and highlights</source>
            <translation>阴影与高光</translation>
        </message>
        <message>
            <source>Standard deviation of the blur that the picture is compared with.</source>
            <translation>与图片相比较的模糊的标准差。</translation>
        </message>
        <message>
            <source>Per channel: each colour alone. Shared: lightness only, so edges get no coloured fringes.</source>
            <translation>按通道：各颜色单独处理。共用：只处理明度，边缘不会出现彩边。</translation>
        </message>
        <message>
            <source>How much of the difference is added.</source>
            <translation>把差值加上多少。</translation>
        </message>
        <message>
            <source>Smaller differences, such as grain, are left alone; 1 is the full range.</source>
            <translation>更小的差别（例如颗粒）保持不变；1 为全范围。</translation>
        </message>
        <message>
            <source>Unsharp mask</source>
            <translation>USM 锐化</translation>
        </message>
        <message>
            <source>Adds to each encoded colour value c its difference to the Gaussian blur g of the given sigma: c' = c + amount · sign(c − g) · max(0, |c − g| − threshold). Shared channels add the same difference, that of the lightness 0.2126 R + 0.7152 G + 0.0722 B. A neighbour of opacity a counts in the blur as a mix of its colour and, in the part 1 − a, of the pixel's own; opacity stays. Values may pass black and white (Gonzalez and Woods, Digital Image Processing, section 3.6); what is no number counts as 0.</source>
            <translation>给每个编码颜色值 c 加上它与给定标准差的高斯模糊 g 之差：c' = c + 数量 · sign(c − g) · max(0, |c − g| − 阈值)。通道共用时都加上同一个差，即明度 0.2126 R + 0.7152 G + 0.0722 B 之差。模糊时，不透明度为 a 的邻近像素按其颜色与（占 1 − a 的）该像素自身颜色的混合计；不透明度不变。数值可能超过黑与白（Gonzalez 与 Woods，《数字图像处理》3.6 节）；非数值按 0 计。</translation>
        </message>
        <message>
            <source>High pass</source>
            <translation>高反差保留</translation>
        </message>
        <message>
            <source>Shows what a Gaussian blur g of the given sigma takes away from each encoded colour value c, around a middle grey: c' = 0.5 + contrast · (c − g); blended by overlay or soft light it sharpens. Shared channels show the difference of the lightness 0.2126 R + 0.7152 G + 0.0722 B. A neighbour of opacity a counts in the blur as a mix of its colour and, in the part 1 − a, of the pixel's own; opacity stays; what is no number counts as 0.</source>
            <translation>以中灰为基准，显示给定标准差的高斯模糊 g 从每个编码颜色值 c 中去掉的部分：c' = 0.5 + 反差 · (c − g)；用叠加或柔光混合即可锐化。通道共用时显示明度 0.2126 R + 0.7152 G + 0.0722 B 之差。模糊时，不透明度为 a 的邻近像素按其颜色与（占 1 − a 的）该像素自身颜色的混合计；不透明度不变；非数值按 0 计。</translation>
        </message>
        <message>
            <source>circle</source>
            <translation>圆形</translation>
        </message>
        <message>
            <source>Pixels on each side; the square has a side of 2 · radius + 1.</source>
            <translation>每一侧的像素数；正方形的边长为 2 · 半径 + 1。</translation>
        </message>
        <message>
            <source>Passes</source>
            <translation>次数</translation>
        </message>
        <message>
            <source>How often it is done; three times is close to a Gaussian blur.</source>
            <translation>重复多少次；三次接近高斯模糊。</translation>
        </message>
        <message>
            <source>Percentile</source>
            <translation>百分位</translation>
        </message>
        <message>
            <source>50 takes the middle value; lower widens what is dark, higher what is bright, 0 and 100 the most.</source>
            <translation>50 取中间值；越低暗部越扩张，越高亮部越扩张，0 和 100 最强。</translation>
        </message>
        <message>
            <source>Surroundings</source>
            <translation>邻域形状</translation>
        </message>
        <message>
            <source>Which of the pixels around each count.</source>
            <translation>每个像素周围哪些像素参与计算。</translation>
        </message>
        <message>
            <source>Same for opacity</source>
            <translation>不透明度相同</translation>
        </message>
        <message>
            <source>Otherwise opacity has a percentile of its own.</source>
            <translation>否则不透明度另设百分位。</translation>
        </message>
        <message>
            <source>Percentile of opacity</source>
            <translation>不透明度的百分位</translation>
        </message>
        <message>
            <source>Lower makes shapes smaller, higher makes them larger.</source>
            <translation>较低使形状变小，较高使形状变大。</translation>
        </message>
        <message>
            <source>Replaces red, green, blue and opacity, each alone and colours multiplied by their opacity, by the middle one of the (2r + 1)² values in the square around the pixel, r the radius in pixels, once they are sorted (Tukey, 1971). Beyond the edge of the picture its outermost pixels are repeated; what is no number counts as 0. With the percentile p it is value number ⌊p (n − 1) / 100 + 1/2⌋ of the n sorted ones, counted from 0. A circle has the pixels with x² + y² ≤ (r + 1/2)², a diamond those with |x| + |y| ≤ r. Where opacity has a percentile of its own, the colour c / a of the first percentile (of the greatest values where a is 0) is multiplied by that opacity.</source>
            <translation>把像素周围正方形中的 (2r + 1)² 个值排序，用正中的一个分别替换红、绿、蓝和不透明度，颜色先乘以不透明度，r 为半径（像素）（Tukey，1971）。图片边缘之外重复最外侧的像素；非数值按 0 计。百分位为 p 时，取 n 个排序值中从 0 数起的第 ⌊p (n − 1) / 100 + 1/2⌋ 个。圆形包含 x² + y² ≤ (r + 1/2)² 的像素，菱形包含 |x| + |y| ≤ r 的像素。不透明度另有百分位时，取前一百分位的颜色 c / a（a 为 0 处取最大值的颜色）乘以该不透明度。</translation>
        </message>
        <message>
            <source>Box blur</source>
            <translation>方框模糊</translation>
        </message>
        <message>
            <source>Replaces each pixel by the mean of the square of side 2r + 1 around it, r the radius in pixels, as often as passes says; colours are weighted by their opacity. Beyond the edge of the picture its outermost pixels are repeated; what is no number counts as 0 (McDonnell, Box-filtering techniques, 1981).</source>
            <translation>用周围边长为 2r + 1 的正方形的平均值替换每个像素，r 为半径（像素），按次数重复；颜色按不透明度加权。图片边缘之外重复最外侧的像素；非数值按 0 计（McDonnell，Box-filtering techniques，1981）。</translation>
        </message>
        <message>
            <source>Median</source>
            <translation>中值</translation>
        </message>
        <message>
            <source>colours</source>
            <translation>色彩</translation>
        </message>
        <message>
            <source>Spatial sigma</source>
            <translation>空间标准差</translation>
        </message>
        <message>
            <source>How far a pixel looks around; cut off at twice this distance.</source>
            <translation>像素向周围看多远；在两倍距离处截断。</translation>
        </message>
        <message>
            <source>Tonal sigma</source>
            <translation>色调标准差</translation>
        </message>
        <message>
            <source>Colours that differ by much more are not mixed; 1 is the full range of one channel.</source>
            <translation>相差大得多的颜色不混合；1 为单个通道的全范围。</translation>
        </message>
        <message>
            <source>Pixels farther away do not count.</source>
            <translation>更远的像素不计。</translation>
        </message>
        <message>
            <source>From 2.5 times this difference on a neighbour does not count; 1 is the full range.</source>
            <translation>相差达到此值的 2.5 倍的邻近像素不计；1 为全范围。</translation>
        </message>
        <message>
            <source>Half the side of the squares in which colours are fitted.</source>
            <translation>拟合颜色的正方形边长的一半。</translation>
        </message>
        <message>
            <source>Texture weaker than this standard deviation is smoothed; 1 is the full range.</source>
            <translation>标准差小于此值的纹理被平滑；1 为全范围。</translation>
        </message>
        <message>
            <source>Guide</source>
            <translation>导向</translation>
        </message>
        <message>
            <source>What says where edges are. Lightness: fast. Colours: also keeps edges between hues that are equally light.</source>
            <translation>由什么决定边缘在哪里。明度：快。色彩：明度相同而色相不同之处的边缘也会保留。</translation>
        </message>
        <message>
            <source>Bilateral filter</source>
            <translation>双边滤波</translation>
        </message>
        <message>
            <source>Replaces each encoded colour c₀ by the mean of the colours c around it with weights a · exp(−d² / 2s²) · exp(−|c − c₀|² / 2t²): d the distance up to 2s, s the spatial and t the tonal sigma, |c − c₀| the Euclidean distance of red, green and blue, a the opacity; opacity itself stays (Tomasi and Manduchi, Bilateral filtering for gray and color images, 1998). Beyond the edge of the picture its outermost pixels are repeated; what is no number counts as 0.</source>
            <translation>用周围颜色 c 的平均值替换每个编码颜色 c₀，权重为 a · exp(−d² / 2s²) · exp(−|c − c₀|² / 2t²)：d 为距离，最远 2s，s 为空间标准差，t 为色调标准差，|c − c₀| 为红、绿、蓝的欧氏距离，a 为不透明度；不透明度本身不变（Tomasi 与 Manduchi，Bilateral filtering for gray and color images，1998）。图片边缘之外重复最外侧的像素；非数值按 0 计。</translation>
        </message>
        <message>
            <source>Surface blur</source>
            <translation>表面模糊</translation>
        </message>
        <message>
            <source>Replaces each encoded colour value x₀ of each channel by the mean of the values x no farther than the radius with weights a · max(0, 1 − |x − x₀| / 2.5 t): t the threshold, a the opacity; opacity itself stays. The triangular weight is that of a local M-smoother (Chu et al., Edge-preserving smoothers, 1998). Beyond the edge of the picture its outermost pixels are repeated; what is no number counts as 0.</source>
            <translation>用不超出半径的各值 x 的平均值替换每个通道的编码颜色值 x₀，权重为 a · max(0, 1 − |x − x₀| / 2.5 t)：t 为阈值，a 为不透明度；不透明度本身不变。三角形权重即局部 M 平滑的权重（Chu 等，Edge-preserving smoothers，1998）。图片边缘之外重复最外侧的像素；非数值按 0 计。</translation>
        </message>
        <message>
            <source>Guided filter</source>
            <translation>导向滤波</translation>
        </message>
        <message>
            <source>In every square of side 2r + 1 the encoded colours c are fitted by a line c = A g + b of the guide g with the penalty t² |A|², r the radius and t the tonal sigma; each pixel gets the mean of A and b of all squares that hold it. The guide is the lightness 0.2126 R + 0.7152 G + 0.0722 B or the colour itself (He, Sun and Tang, Guided image filtering, 2013). All means are weighted by opacity, which stays. Beyond the edge of the picture its outermost pixels are repeated; what is no number counts as 0.</source>
            <translation>在每个边长为 2r + 1 的正方形中，用导向 g 的直线 c = A g + b 拟合编码颜色 c，惩罚项为 t² |A|²，r 为半径，t 为色调标准差；每个像素取包含它的所有正方形的 A 与 b 的平均值。导向为明度 0.2126 R + 0.7152 G + 0.0722 B，或颜色本身（He、Sun 与 Tang，Guided image filtering，2013）。所有平均值按不透明度加权，不透明度不变。图片边缘之外重复最外侧的像素；非数值按 0 计。</translation>
        </message>
        <message>
            <source>reinhard</source>
            <translation>Reinhard</translation>
        </message>
        <message>
            <source>photoreceptor</source>
            <translation>感光细胞</translation>
        </message>
        <message>
            <source>drago</source>
            <translation>Drago</translation>
        </message>
        <message>
            <source>hable</source>
            <translation>Hable</translation>
        </message>
        <message>
            <source>aces</source>
            <translation>ACES</translation>
        </message>
        <message>
            <source>Operator</source>
            <translation>算子</translation>
        </message>
        <message>
            <source>Reinhard, photoreceptor and Drago look at the whole picture; Hable and ACES do not.</source>
            <translation>Reinhard、感光细胞和 Drago 会参考整张图片；Hable 和 ACES 不会。</translation>
        </message>
        <message>
            <source>Middle grey</source>
            <translation>中灰</translation>
        </message>
        <message>
            <source>What the average light becomes before it is compressed.</source>
            <translation>压缩之前平均光亮变成多少。</translation>
        </message>
        <message>
            <source>White at</source>
            <translation>白色位置</translation>
        </message>
        <message>
            <source>Light that becomes white; 0: the brightest of the picture.</source>
            <translation>变成白色的光亮；0：图片中最亮处。</translation>
        </message>
        <message>
            <source>Bias</source>
            <translation>偏置</translation>
        </message>
        <message>
            <source>Lower: dark places become lighter.</source>
            <translation>越低：暗处越亮。</translation>
        </message>
        <message>
            <source>0: found from the picture.</source>
            <translation>0：由图片求得。</translation>
        </message>
        <message>
            <source>Chromatic adaptation</source>
            <translation>色彩适应</translation>
        </message>
        <message>
            <source>1: each channel for itself, which removes a cast.</source>
            <translation>1：各通道分别适应，可去除偏色。</translation>
        </message>
        <message>
            <source>Light adaptation</source>
            <translation>明暗适应</translation>
        </message>
        <message>
            <source>0: to the whole picture. 1: to each pixel.</source>
            <translation>0：适应整张图片。1：适应每个像素。</translation>
        </message>
        <message>
            <source>Tone mapping</source>
            <translation>色调映射</translation>
        </message>
        <message>
            <source>In linear light x of sRGB (IEC 61966-2-1) times 2^E, negative values as 0, Y the luminance (Rec. 709), m its geometric mean (below 10⁻⁴ as that), M its greatest value; the result is cut to 0–1 and encoded again. Reinhard (2002): Z = k·Y / m, Y' = Z(1 + Z / w²) / (1 + Z), k the middle grey, w the white or M·k / m. Drago (2003): Z = Y / m, N = M / m, Y' = ln(1 + Z) / (log10(1 + N) · ln(2 + 8(Z / N)^(ln b / ln ½))); in both the channels become (x / Y)^s · Y'. Photoreceptor (Reinhard and Devlin, 2005, without its last stretch): x / (x + (e^−f · A)^c), A = l(h·x + (1 − h)Y) + (1 − l)(h·mean x + (1 − h)·mean Y), f the brightness, c the contrast or 0.3 + 0.7((ln M − ln m) / (ln M − ln least Y))^1.4. Hable (2010): h(2x) / h(w or 11.2), h(x) = (x(0.15x + 0.05) + 0.004) / (x(0.15x + 0.5) + 0.06) − 1/15. ACES (fit of Narkowicz, 2015): x(2.51x + 0.03) / (x(2.43x + 0.59) + 0.14).</source>
            <translation>在 sRGB 的线性光照 x（IEC 61966-2-1）乘以 2^E 中计算，负值作 0，Y 为光亮度（Rec. 709），m 为其几何平均（低于 10⁻⁴ 作 10⁻⁴），M 为其最大值；结果截到 0–1 后编码。Reinhard（2002）：Z = k·Y / m，Y' = Z(1 + Z / w²) / (1 + Z)，k 为中灰，w 为白色位置或 M·k / m。Drago（2003）：Z = Y / m，N = M / m，Y' = ln(1 + Z) / (log10(1 + N) · ln(2 + 8(Z / N)^(ln b / ln ½)))；两者的通道变为 (x / Y)^s · Y'。感光细胞（Reinhard 与 Devlin，2005，不作最后的拉伸）：x / (x + (e^−f · A)^c)，A = l(h·x + (1 − h)Y) + (1 − l)(h·x 的均值 + (1 − h)·Y 的均值)，f 为亮度，c 为对比度或 0.3 + 0.7((ln M − ln m) / (ln M − Y 最小值的 ln))^1.4。Hable（2010）：h(2x) / h(w 或 11.2)，h(x) = (x(0.15x + 0.05) + 0.004) / (x(0.15x + 0.5) + 0.06) − 1/15。ACES（Narkowicz 的拟合，2015）：x(2.51x + 0.03) / (x(2.43x + 0.59) + 0.14)。</translation>
        </message>
        <message>
            <source>mean-and-spread</source>
            <translation>均值与离散</translation>
        </message>
        <message>
            <source>optimal-transport</source>
            <translation>最优传输</translation>
        </message>
        <message>
            <source>Optimal transport also takes over how lightness and colours go together.</source>
            <translation>最优传输还会沿用明度与颜色之间的关系。</translation>
        </message>
        <message>
            <source>Lightness: mean</source>
            <translation>明度：均值</translation>
        </message>
        <message>
            <source>Green to red: mean</source>
            <translation>绿到红：均值</translation>
        </message>
        <message>
            <source>Blue to yellow: mean</source>
            <translation>蓝到黄：均值</translation>
        </message>
        <message>
            <source>Lightness: spread</source>
            <translation>明度：离散</translation>
        </message>
        <message>
            <source>Green to red: spread</source>
            <translation>绿到红：离散</translation>
        </message>
        <message>
            <source>Blue to yellow: spread</source>
            <translation>蓝到黄：离散</translation>
        </message>
        <message>
            <source>Redder where lighter</source>
            <translation>越亮越红</translation>
        </message>
        <message>
            <source>Yellower where lighter</source>
            <translation>越亮越黄</translation>
        </message>
        <message>
            <source>Yellower where redder</source>
            <translation>越红越黄</translation>
        </message>
        <message>
            <source>Each channel: tones and colours. Luma: tones, hues stay.</source>
            <translation>各通道：色调与颜色。加权亮度：只匹配色调，色相不变。</translation>
        </message>
        <message>
            <source>From the share of darker pixels (across) to the tone (up).</source>
            <translation>由更暗像素的比例（横）到色调（竖）。</translation>
        </message>
        <message>
            <source>Luma</source>
            <translation>加权亮度</translation>
        </message>
        <message>
            <source>Colour transfer</source>
            <translation>颜色迁移</translation>
        </message>
        <message>
            <source>Colours x in OKLab (Ottosson, 2020) become μ' + T(x − μ), μ and Σ the mean and covariance of the whole picture (weighted by opacity, values cut to 0–4), μ' and Σ' those asked for. Mean and spread: T has the ratios of the standard deviations on its diagonal (Reinhard et al., Color transfer between images, 2001). Optimal transport: T = Σ^−½ (Σ^½ Σ' Σ^½)^½ Σ^−½, the linear Monge–Kantorovich map (Pitié and Kokaram, 2007), directions without extent left out. Strength mixes T with the identity and μ' with μ. Values above 1 survive.</source>
            <translation>OKLab（Ottosson，2020）中的颜色 x 变为 μ' + T(x − μ)，μ 与 Σ 为整张图片的均值与协方差（按不透明度加权，值截到 0–4），μ' 与 Σ' 为所要求的。均值与离散：T 的对角线为标准差之比（Reinhard 等，Color transfer between images，2001）。最优传输：T = Σ^−½ (Σ^½ Σ' Σ^½)^½ Σ^−½，即线性 Monge–Kantorovich 映射（Pitié 与 Kokaram，2007），没有延展的方向不计。强度把 T 与恒等映射、μ' 与 μ 混合。大于 1 的值得以保留。</translation>
        </message>
        <message>
            <source>Match histogram</source>
            <translation>直方图匹配</translation>
        </message>
        <message>
            <source>An encoded value v becomes q(F(v)): F(v) is the share of the whole picture, weighted by opacity, that lies below v, from 4096 bins, linear inside a bin; q is the curve of the wanted quantiles, a monotone cubic (Fritsch and Carlson, 1980). The straight line equalises the histogram. With luma (Rec. 709) that tone is matched and the channels are multiplied alike. What lies above 1 in float pictures is added unchanged (histogram matching, Gonzalez and Woods, Digital Image Processing, ch. 3).</source>
            <translation>编码值 v 变为 q(F(v))：F(v) 为整张图片中低于 v 的比例，按不透明度加权，由 4096 格求得，格内线性；q 为所要分位数的曲线，是单调三次曲线（Fritsch 与 Carlson，1980）。直线即直方图均衡。选加权亮度（Rec. 709）时匹配该色调，三个通道同乘。浮点图片中大于 1 的部分原样加回（直方图匹配，Gonzalez 与 Woods，《数字图像处理》第 3 章）。</translation>
        </message>
        <message>
            <source>Photons</source>
            <translation>光子数</translation>
        </message>
        <message>
            <source>How many arrive on a white pixel on average; fewer are noisier.</source>
            <translation>白色像素平均收到的光子数；越少噪点越强。</translation>
        </message>
        <message>
            <source>Counted in</source>
            <translation>计数于</translation>
        </message>
        <message>
            <source>Linear light: as in a camera. Encoded: in the values as they are stored.</source>
            <translation>线性光：如同相机。编码：按存储的值。</translation>
        </message>
        <message>
            <source>Shot noise: each value is replaced by a count of photons, c' = E(k / N), k the smallest whole number whose cumulative Poisson probability with mean λ = N · L(c) reaches u, N the photons, u uniform in 0–1 from Philox-4x32-10 for seed, channel and pixel; L is the decoding of sRGB into linear light and E its inverse, or both leave values as they are. Shared: one u for all channels; luminance: counted for the largest channel, which the others follow. Negative values count as 0 and transparency stays. Above λ = 10 k comes from the expansion of Giles (Algorithm 955, ACM TOMS 42, 2016). At time t each number goes, by the part 3p² − 2p³, p the part of the step, the shorter way from its place at the whole step before to that after, on a circle of length 2 that folded in half is 0–1.</source>
            <translation>散粒噪声：每个值换成光子计数，c' = E(k / N)，k 是均值 λ = N · L(c) 的泊松累积概率达到 u 的最小整数，N 为光子数，u 是由 Philox-4x32-10 按种子、通道和像素产生的 0–1 均匀随机数；L 把 sRGB 解码为线性光，E 为其逆，或两者都不改变值。共用：所有通道用同一个 u；亮度：按最大的通道计数，其余随之。负值按 0 计，不透明度不变。λ 大于 10 时 k 用 Giles 的展开式（Algorithm 955，ACM TOMS 42，2016）。时间为 t 时，每个数在长度为 2、对折后为 0–1 的圆上，沿较短的一侧从前一整步的位置走向后一整步的位置，走过 3p² − 2p³，p 为步内的部分。</translation>
        </message>
        <message>
            <source>Width of the largest features; ten times as much is the same pattern, ten times as large.</source>
            <translation>最大特征的宽度；放大十倍就是同一图案放大十倍。</translation>
        </message>
        <message>
            <source>Octaves</source>
            <translation>倍频级数</translation>
        </message>
        <message>
            <source>How many layers of ever finer features; those finer than a pixel are left out.</source>
            <translation>越来越细的级数；比像素还细的略去。</translation>
        </message>
        <message>
            <source>Lacunarity</source>
            <translation>频率倍数</translation>
        </message>
        <message>
            <source>How many times finer each octave is than the one before.</source>
            <translation>每一级比前一级细多少倍。</translation>
        </message>
        <message>
            <source>Gain</source>
            <translation>增益</translation>
        </message>
        <message>
            <source>How strong each octave is beside the one before.</source>
            <translation>每一级相对前一级的强度。</translation>
        </message>
        <message>
            <source>Average place in the colours: 0 is the first, 1 the last.</source>
            <translation>在颜色中的平均位置：0 为第一种，1 为最后一种。</translation>
        </message>
        <message>
            <source>Standard deviation; 1 is from the first colour to the last.</source>
            <translation>标准差；1 为从第一种颜色到最后一种。</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>时间</translation>
        </message>
        <message>
            <source>The third axis: the pattern changes smoothly along it, wholly with each 1.</source>
            <translation>第三个轴：图案沿它平滑变化，每过 1 完全变样。</translation>
        </message>
        <message>
            <source>Loop</source>
            <translation>循环</translation>
        </message>
        <message>
            <source>Time after which the same pattern comes again; 0 for never.</source>
            <translation>同一图案再次出现的时间；0 表示不重复。</translation>
        </message>
        <message>
            <source>Length after which the pattern repeats without a seam; 0 for never. Sizes are rounded to fit.</source>
            <translation>图案无缝重复的长度；0 表示不重复。大小会取整以便铺满。</translation>
        </message>
        <message>
            <source>Tile width</source>
            <translation>平铺宽度</translation>
        </message>
        <message>
            <source>Tile height</source>
            <translation>平铺高度</translation>
        </message>
        <message>
            <source>Disorder</source>
            <translation>无序度</translation>
        </message>
        <message>
            <source>0 % puts the points on a grid, 100 % anywhere in its cells.</source>
            <translation>0 % 时各点在网格上，100 % 时可在格内任何位置。</translation>
        </message>
        <message>
            <source>euclidean</source>
            <translation>欧几里得</translation>
        </message>
        <message>
            <source>manhattan</source>
            <translation>曼哈顿</translation>
        </message>
        <message>
            <source>chebyshev</source>
            <translation>切比雪夫</translation>
        </message>
        <message>
            <source>second</source>
            <translation>第二近</translation>
        </message>
        <message>
            <source>difference</source>
            <translation>差</translation>
        </message>
        <message>
            <source>coral</source>
            <translation>珊瑚</translation>
        </message>
        <message>
            <source>maze</source>
            <translation>迷宫</translation>
        </message>
        <message>
            <source>spots</source>
            <translation>斑点</translation>
        </message>
        <message>
            <source>holes</source>
            <translation>孔洞</translation>
        </message>
        <message>
            <source>How much of the colours around is taken on.</source>
            <translation>取得多少周围的颜色。</translation>
        </message>
        <message>
            <source>Blend into surroundings</source>
            <translation>融入周围环境</translation>
        </message>
        <message>
            <source>The upper picture keeps its gradients and takes on the colours around it: inside its alpha times the mask Σq (fp − fq) = Σq (gp − gq) over the four neighbours q that are inside or visible below, with f the lower picture's value outside; at the picture's border the gradient is free. Straight encoded colours, solved by multigrid (Pérez, Gangnet, Blake, Poisson Image Editing, 2003, equation 7).</source>
            <translation>上方图片保留自身的梯度，并取得周围的颜色：在其 Alpha 乘以蒙版的范围内，对四个在内部或下方可见的相邻像素 q 有 Σq (fp − fq) = Σq (gp − gq)，外部的 f 为下方图片的值；在图片边缘梯度不受限制。使用未预乘的编码颜色，以多重网格法求解（Pérez、Gangnet、Blake，Poisson Image Editing，2003，式 7）。</translation>
        </message>
        <message>
            <source>Blend with mixed gradients</source>
            <translation>混合梯度融合</translation>
        </message>
        <message>
            <source>Like blending into the surroundings, but between each pixel p and neighbour q the larger of the two gradients counts, gp − gq of the upper or f*p − f*q of the lower picture, each channel alone, so that texture below shows through: writing on a wall, smoke, a rainbow (Pérez, Gangnet, Blake, 2003, equations 12 and 13).</source>
            <translation>与融入周围环境相同，但在每个像素 p 与相邻像素 q 之间，取两个梯度中较大的一个：上方图片的 gp − gq 或下方图片的 f*p − f*q，各通道独立，使下方的纹理透出：墙上的字、烟、彩虹（Pérez、Gangnet、Blake，2003，式 12 与 13）。</translation>
        </message>
        <message>
            <source>0 is the first picture, 1 the last.</source>
            <translation>0 为第一张图片，1 为最后一张。</translation>
        </message>
        <message>
            <source>Lay over each other</source>
            <translation>叠放</translation>
        </message>
        <message>
            <source>Lays each picture over those below it: co = o·m·cs + (1 − o·m·αs)·cb on premultiplied encoded colours, o the opacity, m the mask (Porter, Duff, Compositing Digital Images, 1984, over).</source>
            <translation>把每张图片叠放在下方图片之上：co = o·m·cs + (1 − o·m·αs)·cb，使用预乘的编码颜色，o 为不透明度，m 为蒙版（Porter、Duff，Compositing Digital Images，1984，over）。</translation>
        </message>
        <message>
            <source>Puts each picture on those below it in a blend mode, with the formulas of the layers: co = cs·αs·(1 − αb) + cb·αb·(1 − αs) + αs·αb·B(cb, cs) on encoded colours, αs times opacity and mask (W3C, Compositing and Blending 1, section 5).</source>
            <translation>以混合模式把每张图片放在下方图片之上，公式与图层相同：co = cs·αs·(1 − αb) + cb·αb·(1 − αs) + αs·αb·B(cb, cs)，使用编码颜色，αs 乘以不透明度与蒙版（W3C，Compositing and Blending 1，第 5 节）。</translation>
        </message>
        <message>
            <source>Cross-dissolve</source>
            <translation>交叉溶解</translation>
        </message>
        <message>
            <source>Mixes two pictures that are neighbours in the row: (1 − t)·a + t·b on premultiplied encoded colours, t how far the position lies from the one to the other, times the mask.</source>
            <translation>混合序列中相邻的两张图片：(1 − t)·a + t·b，使用预乘的编码颜色，t 为位置在两者之间的比例，乘以蒙版。</translation>
        </message>
        <message>
            <source>How far around a pixel activity is averaged.</source>
            <translation>在像素周围多大范围内对活动度取平均。</translation>
        </message>
        <message>
            <source>Activity</source>
            <translation>活动度</translation>
        </message>
        <message>
            <source>Well-exposedness</source>
            <translation>曝光良好度</translation>
        </message>
        <message>
            <source>Exposure fusion by a network</source>
            <translation>网络曝光融合</translation>
        </message>
        <message>
            <source>Exposure fusion in which a network sees the contrast: each picture weighs A^a·S^s·E^e, A the L1 norm over the channels of a small convolutional network's features, averaged by a Gaussian whose sigma is the radius, S and E as in Mertens' exposure fusion; Laplacian pyramids are mixed by Gaussian pyramids of the normalised weights. Straight encoded colours (Li, Wu, Kittler, Infrared and Visible Image Fusion using a Deep Learning Framework, 2018; Mertens, Kautz, Van Reeth, Exposure Fusion, 2007).</source>
            <translation>由网络判断对比度的曝光融合：每张图片的权重为 A^a·S^s·E^e，A 是小型卷积网络特征在各通道上的 L1 范数，再经高斯平均（sigma 为半径），S 与 E 同 Mertens 曝光融合；各图的拉普拉斯金字塔按归一化权重的高斯金字塔混合。使用未预乘的编码颜色（Li、Wu、Kittler，Infrared and Visible Image Fusion using a Deep Learning Framework，2018；Mertens、Kautz、Van Reeth，Exposure Fusion，2007）。</translation>
        </message>
        <message>
            <source>Focus stack by a network</source>
            <translation>网络焦点堆栈</translation>
        </message>
        <message>
            <source>Each pixel comes from the picture that a network finds sharpest there: the L1 norm over the channels of a small convolutional network's features, averaged by a Gaussian whose sigma is the radius in pixels, chooses; the network was taught to tell sharp from soft in spite of noise. Laplacian pyramids are mixed by Gaussian pyramids of that choice. Straight encoded colours (Li, Wu, Kittler, Infrared and Visible Image Fusion using a Deep Learning Framework, 2018; Liu et al., Multi-focus Image Fusion with a Deep Convolutional Neural Network, 2017).</source>
            <translation>每个像素取自网络认为该处最清晰的图片：小型卷积网络特征在各通道上的 L1 范数，经高斯平均（sigma 为半径，单位像素）后决定取舍；该网络学会了在有噪点时分辨清晰与模糊。各图的拉普拉斯金字塔按这一选择的高斯金字塔混合。使用未预乘的编码颜色（Li、Wu、Kittler，Infrared and Visible Image Fusion using a Deep Learning Framework，2018；Liu 等，Multi-focus Image Fusion with a Deep Convolutional Neural Network，2017）。</translation>
        </message>
        <message>
            <source>How far around a pixel sharpness is looked for.</source>
            <translation>在像素周围多远的范围内判断清晰度。</translation>
        </message>
        <message>
            <source>Exposure fusion</source>
            <translation>曝光融合</translation>
        </message>
        <message>
            <source>The best exposed parts of a bracketed series: each picture weighs C^c·S^s·E^e, C the amount of the Laplacian of its luma, S the deviation of its channels from their mean, E the product over the channels of exp(−(x − 0.5)² / 0.08); Laplacian pyramids are mixed by Gaussian pyramids of the normalised weights. Straight encoded colours (Mertens, Kautz, Van Reeth, Exposure Fusion, 2007).</source>
            <translation>包围曝光系列中曝光最好的部分：每张图片的权重为 C^c·S^s·E^e，C 为亮度的拉普拉斯绝对值，S 为各通道与其平均值的偏差，E 为各通道 exp(−(x − 0.5)² / 0.08) 的乘积；拉普拉斯金字塔按归一化权重的高斯金字塔混合。使用未预乘的编码颜色（Mertens、Kautz、Van Reeth，Exposure Fusion，2007）。</translation>
        </message>
        <message>
            <source>Focus stack</source>
            <translation>焦点合成</translation>
        </message>
        <message>
            <source>Each pixel comes from the picture that is sharpest there: the modified Laplacian |2I − Il − Ir| + |2I − Iu − Id| of the luma, averaged by a Gaussian whose sigma is the radius in pixels (Nayar, Nakagawa, Shape from Focus, 1994), chooses; Laplacian pyramids are mixed by Gaussian pyramids of that choice. Straight encoded colours.</source>
            <translation>每个像素取自该处最清晰的图片：由亮度的修正拉普拉斯 |2I − Il − Ir| + |2I − Iu − Id|，以半径（像素）为 σ 的高斯平均后选择（Nayar、Nakagawa，Shape from Focus，1994）；拉普拉斯金字塔按该选择的高斯金字塔混合。使用未预乘的编码颜色。</translation>
        </message>
        <message>
            <source>{name} needs at least {least} pictures; it was given {count}</source>
            <translation>{name} 至少需要 {least} 张图片，现有 {count} 张</translation>
        </message>
        <message>
            <source>{picture} has {width} × {height} pixels, the first picture {first_width} × {first_height}; make them equal first</source>
            <translation>{picture} 为 {width} × {height} 像素，第一张图片为 {first_width} × {first_height}；请先使尺寸一致</translation>
        </message>
        <message>
            <source>mask</source>
            <translation>蒙版</translation>
        </message>
        <message>
            <source>The mask is black everywhere, so the upper pictures would count nowhere. Make it white where they are to count.</source>
            <translation>蒙版全是黑色，上方的图片在任何地方都不起作用。请把要起作用的地方涂白。</translation>
        </message>
        <message>
            <source>“{name}” needs the engine, which is not installed here. Run: pip install "danqing[engine]"</source>
            <translation>“{name}” 需要引擎，而此处尚未安装。请运行：pip install "danqing[engine]"</translation>
        </message>
        <message>
            <source>How much of the contrast around is taken on.</source>
            <translation>取得多少周围的对比度。</translation>
        </message>
        <message>
            <source>Reach</source>
            <translation>取样范围</translation>
        </message>
        <message>
            <source>How far around the pasted picture its surroundings go.</source>
            <translation>贴入图片的周围环境延伸多远。</translation>
        </message>
        <message>
            <source>Harmonise with surroundings</source>
            <translation>与周围色彩协调</translation>
        </message>
        <message>
            <source>Shifts a pasted picture's colours to those around it: along l = (r + g + b)/√3, α = (r + g − 2b)/√6, β = (r − g)/√2 of straight encoded colours x' = (x − μ)·(1 + s·c·(σ'/σ − 1)) + μ + s·(μ' − μ), μ and σ mean and deviation inside, μ' and σ' of what lies within reach around it, s strength, c contrast, σ'/σ between 1/3 and 3 (Reinhard et al., Color Transfer between Images, 2001).</source>
            <translation>把贴入图片的颜色移向周围的颜色：沿未预乘编码颜色的 l = (r + g + b)/√3、α = (r + g − 2b)/√6、β = (r − g)/√2，x' = (x − μ)·(1 + s·c·(σ'/σ − 1)) + μ + s·(μ' − μ)，μ 与 σ 为内部的平均值与标准差，μ' 与 σ' 为周围范围内的，s 为强度，c 为对比度，σ'/σ 限于 1/3 至 3（Reinhard 等，Color Transfer between Images，2001）。</translation>
        </message>
        <message>
            <source>left-right</source>
            <translation>左右</translation>
        </message>
        <message>
            <source>up-down</source>
            <translation>上下</translation>
        </message>
        <message>
            <source>How far from the hole is taken from; 0 follows the hole's size.</source>
            <translation>从空缺多远的范围内取样；0 表示随空缺大小而定。</translation>
        </message>
        <message>
            <source>Larger patches keep larger structures together.</source>
            <translation>图块越大，越能保持大的结构。</translation>
        </message>
        <message>
            <source>Symmetry</source>
            <translation>对称</translation>
        </message>
        <message>
            <source>Mirrored patches are taken, too.</source>
            <translation>也取用镜像的图块。</translation>
        </message>
        <message>
            <source>How often patches are matched at full size.</source>
            <translation>在原尺寸下匹配图块的次数。</translation>
        </message>
        <message>
            <source>Another seed gives another filling.</source>
            <translation>换一个种子，填充结果也不同。</translation>
        </message>
        <message>
            <source>How far around a pixel its colour is taken from.</source>
            <translation>从像素周围多远处取色。</translation>
        </message>
        <message>
            <source>Source across</source>
            <translation>取样点横向</translation>
        </message>
        <message>
            <source>Where to take from; with 0 and 0 the best place is found.</source>
            <translation>从何处取样；两者均为 0 时自动寻找最佳位置。</translation>
        </message>
        <message>
            <source>Source down</source>
            <translation>取样点纵向</translation>
        </message>
        <message>
            <source>PatchMatch</source>
            <translation>PatchMatch</translation>
        </message>
        <message>
            <source>Every patch of (2r + 1)² pixels that touches the hole is matched with the known patch of least summed squared difference over premultiplied red, green, blue and alpha, found by propagation from its left and upper neighbour (then right and lower) and by random trials at distances halved from the picture's larger side down to 1. Each hole pixel becomes the mean of what the matches of the patches over it show, weighted by 1.3^−d · e^(−cost / 2σ²), d the distance of the patch's middle from the hole's border, σ² the third quartile of the costs (a quarter of it at the end). Both are repeated on a pyramid from the size at which the hole is thinner than five pixels, closed there by a soap film. Barnes, Shechtman, Finkelstein, Goldman, SIGGRAPH 2009; Wexler, Shechtman, Irani, PAMI 2007.</source>
            <translation>凡触及空洞的 (2r + 1)² 像素图块，都与已知图块中红、绿、蓝与 Alpha（均已预乘）差的平方和最小者相匹配；匹配由左邻与上邻（然后是右邻与下邻）传播，并在从图片较长边逐次减半到 1 的距离内随机试探而得。空洞的每个像素取覆盖它的各图块的匹配所示之值的平均，权重为 1.3^−d · e^(−cost / 2σ²)，d 为图块中心到空洞边界的距离，σ² 为代价的第三四分位数（最后取其四分之一）。两者在金字塔上反复进行，从空洞不足五个像素厚的尺寸开始，在该处先以皂膜封闭。Barnes、Shechtman、Finkelstein、Goldman，SIGGRAPH 2009；Wexler、Shechtman、Irani，PAMI 2007。</translation>
        </message>
        <message>
            <source>Telea</source>
            <translation>Telea</translation>
        </message>
        <message>
            <source>From the border inwards, in the order of fast marching, each pixel of a channel becomes the mean of the known pixels within the radius, each continued by its gradient, weighted by direction, distance and level. Computed by OpenCV in 16 bits between the least and greatest known value. Telea, Journal of Graphics Tools 2004.</source>
            <translation>从边界向内，按快速行进的次序，通道中每个像素取半径内已知像素的加权平均，各已知像素按其梯度延伸，权重由方向、距离与等值程度决定。由 OpenCV 以 16 位在已知值的最小与最大之间计算。Telea，Journal of Graphics Tools 2004。</translation>
        </message>
        <message>
            <source>Navier–Stokes</source>
            <translation>Navier–Stokes</translation>
        </message>
        <message>
            <source>The lines of equal brightness flow on into the hole as in an incompressible fluid, from the border inwards over known pixels within the radius. Computed by OpenCV in 16 bits between the least and greatest known value. Bertalmio, Bertozzi, Sapiro, CVPR 2001.</source>
            <translation>等亮度线如不可压缩流体般继续流入空洞，从边界向内，依据半径内的已知像素。由 OpenCV 以 16 位在已知值的最小与最大之间计算。Bertalmio、Bertozzi、Sapiro，CVPR 2001。</translation>
        </message>
        <message>
            <source>Patch</source>
            <translation>修补</translation>
        </message>
        <message>
            <source>The texture beside the flaw, moved by (x, y), takes its place; its colours are moved by the soap film of what differs along the flaw's edge (Laplace's equation), the membrane form of Poisson image editing. With (0, 0) the place is sought where a ring of four pixels around the flaw differs least in the sum of squares, nine tenths of the squared mean difference left out. Pérez, Gangnet, Blake, SIGGRAPH 2003.</source>
            <translation>瑕疵旁的纹理移动 (x, y) 后取代瑕疵；其颜色再按瑕疵边缘上差异的皂膜（拉普拉斯方程）调整，即泊松图像编辑的薄膜形式。取 (0, 0) 时自动寻找位置：使瑕疵周围四个像素宽的环差的平方和最小，其中均值差平方的十分之九不计。Pérez、Gangnet、Blake，SIGGRAPH 2003。</translation>
        </message>
        <message>
            <source>How far neighbouring places move together.</source>
            <translation>相邻位置一同移动的范围。</translation>
        </message>
        <message>
            <source>Morph</source>
            <translation>变形过渡</translation>
        </message>
        <message>
            <source>One picture turns into the other: dense inverse search optical flow (Kroeger et al., 2016) on at most 512 pixels a side, smoothed, tells where each pixel goes; the first picture is bent t of its way, the second 1 − t of its own, both cubic, and dissolved (1 − t)·a + t·b on premultiplied encoded colours.</source>
            <translation>一张图片逐渐变为另一张：在边长至多 512 像素上以稠密逆向搜索光流（Kroeger 等，2016）求出并平滑每个像素的去向；第一张图片沿其路径弯曲 t，第二张沿自己的路径弯曲 1 − t，均为三次插值，再以 (1 − t)·a + t·b 溶解，使用预乘的编码颜色。</translation>
        </message>
        <message>
            <source>Bands</source>
            <translation>频段数</translation>
        </message>
        <message>
            <source>How often the picture is halved: the more, the wider large shapes are blended. 0: as often as it can.</source>
            <translation>图片减半的次数：越多，大的形状过渡越宽。0：尽可能多。</translation>
        </message>
        <message>
            <source>Multi-band blending</source>
            <translation>多频段融合</translation>
        </message>
        <message>
            <source>Splits each picture into bands of detail, Lk = Gk − up(Gk+1), G halved with the weights 1 4 6 4 1, and adds the bands mixed by the Gaussian pyramid of the upper picture's alpha times the mask; straight encoded colours, carried on to where a picture is transparent (Burt, Adelson, A Multiresolution Spline, 1983).</source>
            <translation>把每张图片分解为细节频段 Lk = Gk − up(Gk+1)，G 以权重 1 4 6 4 1 逐级减半，再按上方图片 Alpha 乘以蒙版的高斯金字塔混合各频段并相加；使用未预乘的编码颜色，并延伸到图片透明之处（Burt、Adelson，A Multiresolution Spline，1983）。</translation>
        </message>
        <message>
            <source>Values further from the median than so many standard deviations do not count.</source>
            <translation>与中位数相差超过这么多倍标准差的值不计。</translation>
        </message>
        <message>
            <source>Median of the stack</source>
            <translation>堆栈中位数</translation>
        </message>
        <message>
            <source>The middle value of all pictures at each pixel, the mean of the two middle ones for an even number: passers-by and dust go. Straight encoded colours, each channel alone; transparent pixels do not count, alpha is the median of all alphas (Tukey, Exploratory Data Analysis, 1977).</source>
            <translation>每个像素取所有图片的中间值，张数为偶数时取中间两个的平均值：路人与灰尘会消失。使用未预乘的编码颜色，各通道独立；透明像素不计，Alpha 为所有 Alpha 的中位数（Tukey，Exploratory Data Analysis，1977）。</translation>
        </message>
        <message>
            <source>Mean of the stack</source>
            <translation>堆栈平均值</translation>
        </message>
        <message>
            <source>The sum of all pictures at each pixel divided by their number: noise falls by its root. Straight encoded colours; transparent pixels do not count, alpha is the mean of all alphas.</source>
            <translation>每个像素取所有图片之和除以张数：噪点按张数的平方根减少。使用未预乘的编码颜色；透明像素不计，Alpha 为所有 Alpha 的平均值。</translation>
        </message>
        <message>
            <source>Lightest of the stack</source>
            <translation>堆栈最大值</translation>
        </message>
        <message>
            <source>The largest value of all pictures at each pixel: star trails and fireworks. Straight encoded colours, each channel alone; transparent pixels do not count, alpha is the largest of all alphas.</source>
            <translation>每个像素取所有图片的最大值：星轨与烟花。使用未预乘的编码颜色，各通道独立；透明像素不计，Alpha 为所有 Alpha 的最大值。</translation>
        </message>
        <message>
            <source>Darkest of the stack</source>
            <translation>堆栈最小值</translation>
        </message>
        <message>
            <source>The smallest value of all pictures at each pixel. Straight encoded colours, each channel alone; transparent pixels do not count, alpha is the smallest of all alphas.</source>
            <translation>每个像素取所有图片的最小值。使用未预乘的编码颜色，各通道独立；透明像素不计，Alpha 为所有 Alpha 的最小值。</translation>
        </message>
        <message>
            <source>Sigma-clipped mean</source>
            <translation>西格玛裁剪平均值</translation>
        </message>
        <message>
            <source>The mean of what is left when, pass by pass, values further from the median than sigma standard deviations are taken out, until nothing more goes. Straight encoded colours, each channel alone; transparent pixels do not count, alpha is treated alike (astropy.stats.sigma_clip).</source>
            <translation>逐遍去除与中位数相差超过西格玛倍标准差的值，直到不再减少，再取剩余值的平均。使用未预乘的编码颜色，各通道独立；透明像素不计，Alpha 同样处理（astropy.stats.sigma_clip）。</translation>
        </message>
        <message>
            <source>Looking for features</source>
            <translation>正在寻找特征</translation>
        </message>
        <message>
            <source>Matching pictures</source>
            <translation>正在匹配图片</translation>
        </message>
        <message>
            <source>Finding the cameras</source>
            <translation>正在求相机位置</translation>
        </message>
        <message>
            <source>Projecting</source>
            <translation>正在投影</translation>
        </message>
        <message>
            <source>Evening out exposure</source>
            <translation>正在均衡曝光</translation>
        </message>
        <message>
            <source>Looking for seams</source>
            <translation>正在寻找接缝</translation>
        </message>
        <message>
            <source>Warping pictures</source>
            <translation>正在变形图片</translation>
        </message>
        <message>
            <source>Blending</source>
            <translation>融合</translation>
        </message>
        <message>
            <source>Enlarged by</source>
            <translation>放大倍数</translation>
        </message>
        <message>
            <source>How much the lower picture has been enlarged: detail finer than this is given to it.</source>
            <translation>下方图片被放大了多少倍：比这更细的细节将补给它。</translation>
        </message>
        <message>
            <source>Detail from another picture</source>
            <translation>来自另一张图片的细节</translation>
        </message>
        <message>
            <source>Gives the lowest picture, one that was enlarged, the fine detail of those above it. Each picture is split into a coarse half c (made s times smaller by means and larger again by cubic interpolation) and a fine half f = x − c. For each pixel PatchMatch looks in the upper pictures for the 7 × 7 patch whose coarse half is most like its own (lightness about its local mean by its local contrast, and 0.35 times the colours), and adds strength times the mean of f there and of what its eight neighbours found (Freeman et al., Example-Based Super-Resolution, 2002; Barnes et al., PatchMatch, 2009). Colours and shapes stay as they were; the pictures may have different sizes.</source>
            <translation>把上方各图片的精细细节补给最下方的图片（一张被放大过的图片）。每张图片分成粗略部分 c（按均值缩小 s 倍，再以三次插值放大）和精细部分 f = x − c。对每个像素，PatchMatch 在上方图片中寻找粗略部分与其最相似的 7 × 7 图块（比较以局部对比度归一的、相对局部均值的亮度，以及 0.35 倍的颜色），再加上强度乘以该处及其八个相邻像素所找到的 f 的均值（Freeman 等，Example-Based Super-Resolution，2002；Barnes 等，PatchMatch，2009）。颜色和形状保持不变；各图片大小可以不同。</translation>
        </message>
        <message>
            <source>First ink</source>
            <translation>第一种油墨</translation>
        </message>
        <message>
            <source>Second ink</source>
            <translation>第二种油墨</translation>
        </message>
        <message>
            <source>Third ink</source>
            <translation>第三种油墨</translation>
        </message>
        <message>
            <source>Fourth ink</source>
            <translation>第四种油墨</translation>
        </message>
        <message>
            <source>Fifth ink</source>
            <translation>第五种油墨</translation>
        </message>
        <message>
            <source>Misregistration</source>
            <translation>套印偏差</translation>
        </message>
        <message>
            <source>How far plates lie out of place, each its own way by the seed.</source>
            <translation>印版偏移多远，各自的方向由种子决定。</translation>
        </message>
        <message>
            <source>A print in the chosen inks: light paper · Π (1 − cₖ uₖ) in linear sRGB, u = 1 − ink / paper. The shares aₖ bring paper · Π (1 − aₖ uₖ) nearest to the colour, its errors divided by (light + 0.05): 24 rounds in which each ink takes its least-squares share, 0–1, from a table of 48³ colours. A plate is moved by its own vector of (0.35 + 0.65 u) · misregistration and screened as in Halftone at 15°, 75°, 0°, 45° and 30°, which gives its cover cₖ (Demichel, 1924; Neugebauer, 1937). Transparent places count as paper; opacity stays.</source>
            <translation>用所选油墨印刷：线性 sRGB 的光为 纸 · Π (1 − cₖ uₖ)，u = 1 − 油墨 / 纸。份额 aₖ 使 纸 · Π (1 − aₖ uₖ) 最接近颜色，误差除以（光 + 0.05）：共 24 轮，每种油墨依次取 0–1 的最小二乘份额，存于 48³ 种颜色的表中。每块印版按自己的向量移动 (0.35 + 0.65 u) · 套印偏差，再以 15°、75°、0°、45° 和 30° 按半调网点加网，得到覆盖率 cₖ（Demichel，1924；Neugebauer，1937）。透明处按纸计；不透明度不变。</translation>
        </message>
        <message>
            <source>mandelbrot</source>
            <translation>Mandelbrot 集</translation>
        </message>
        <message>
            <source>julia</source>
            <translation>Julia 集</translation>
        </message>
        <message>
            <source>burning-ship</source>
            <translation>燃烧船</translation>
        </message>
        <message>
            <source>Formula</source>
            <translation>公式</translation>
        </message>
        <message>
            <source>Look at, real part</source>
            <translation>观察点实部</translation>
        </message>
        <message>
            <source>Look at, imaginary part</source>
            <translation>观察点虚部</translation>
        </message>
        <message>
            <source>Magnification</source>
            <translation>放大倍数</translation>
        </message>
        <message>
            <source>1 shows a height of 3 in the plane of numbers.</source>
            <translation>1 显示数平面上高 3 的范围。</translation>
        </message>
        <message>
            <source>Constant, real part</source>
            <translation>常数实部</translation>
        </message>
        <message>
            <source>Constant, imaginary part</source>
            <translation>常数虚部</translation>
        </message>
        <message>
            <source>Iterations</source>
            <translation>迭代次数</translation>
        </message>
        <message>
            <source>What has not escaped after so many counts as inside.</source>
            <translation>这么多次之后仍未逃逸的算作内部。</translation>
        </message>
        <message>
            <source>Band</source>
            <translation>色带</translation>
        </message>
        <message>
            <source>After so many doublings of the count the colours have gone forth and back once.</source>
            <translation>计数翻倍这么多次后，颜色往返一次。</translation>
        </message>
        <message>
            <source>Moves the colours along the bands; other seeds do, too.</source>
            <translation>沿色带移动颜色；换种子也会移动。</translation>
        </message>
        <message>
            <source>Inside</source>
            <translation>内部</translation>
        </message>
        <message>
            <source>Points along each side of a pixel that are averaged.</source>
            <translation>像素每边取多少个点求平均。</translation>
        </message>
        <message>
            <source>Fractal</source>
            <translation>分形</translation>
        </message>
        <message>
            <source>z ← z² + c from z = c (Mandelbrot), z = the point and a constant c (Julia), or z ← (|Re z| + i |Im z|)² + c (burning ship) until |z| &gt; 256 at step n; the colours run forth and back along log₂(ν + 2) / band + phase, ν = n + 1 − log₂(ln |z| / ln 256). A pixel is the mean of samples² points. A height of 3 / magnification is seen (Peitgen and Richter, The Beauty of Fractals, 1986; smooth count after Vepstas, 1997).</source>
            <translation>z ← z² + c，从 z = c 开始（Mandelbrot）或从该点开始而 c 为常数（Julia），或 z ← (|Re z| + i |Im z|)² + c（燃烧船），直到第 n 步 |z| &gt; 256；颜色沿 log₂(ν + 2) / 带宽 + 相位 往返，ν = n + 1 − log₂(ln |z| / ln 256)。每个像素为 平滑² 个点的平均。所见高度为 3 / 放大倍数（Peitgen 与 Richter，The Beauty of Fractals，1986；平滑计数据 Vepstas，1997）。</translation>
        </message>
        <message>
            <source>Height of the whole drawing; ten times as much is the same drawing, ten times as large.</source>
            <translation>整幅画的高度；放大十倍仍是同一幅画，只是大十倍。</translation>
        </message>
        <message>
            <source>Middle x</source>
            <translation>中心 x</translation>
        </message>
        <message>
            <source>Where its middle lies, from the left edge.</source>
            <translation>中心离左边缘多远。</translation>
        </message>
        <message>
            <source>Middle y</source>
            <translation>中心 y</translation>
        </message>
        <message>
            <source>Where its middle lies, from the upper edge.</source>
            <translation>中心离上边缘多远。</translation>
        </message>
        <message>
            <source>spring</source>
            <translation>春</translation>
        </message>
        <message>
            <source>summer</source>
            <translation>夏</translation>
        </message>
        <message>
            <source>autumn</source>
            <translation>秋</translation>
        </message>
        <message>
            <source>winter</source>
            <translation>冬</translation>
        </message>
        <message>
            <source>Manner</source>
            <translation>画法</translation>
        </message>
        <message>
            <source>Season</source>
            <translation>季节</translation>
        </message>
        <message>
            <source>Blossom, leaves, red leaves, or bare trees.</source>
            <translation>花、叶、红叶，或光秃的树。</translation>
        </message>
        <message>
            <source>Between the ridges and over the water.</source>
            <translation>山峦之间和水面之上。</translation>
        </message>
        <message>
            <source>Ridge height</source>
            <translation>山高</translation>
        </message>
        <message>
            <source>From low hills to towering peaks.</source>
            <translation>从低丘到高峰。</translation>
        </message>
        <message>
            <source>Crags</source>
            <translation>嶙峋</translation>
        </message>
        <message>
            <source>From round hills to sharp rocks.</source>
            <translation>从圆丘到尖岩。</translation>
        </message>
        <message>
            <source>Main peak</source>
            <translation>主峰</translation>
        </message>
        <message>
            <source>Where it stands, from the middle, in heights of the picture.</source>
            <translation>主峰的位置，自中间起，以画高为单位。</translation>
        </message>
        <message>
            <source>Water</source>
            <translation>水面</translation>
        </message>
        <message>
            <source>How much of the height it takes.</source>
            <translation>占画面高度的多少。</translation>
        </message>
        <message>
            <source>Brushwork</source>
            <translation>皴笔</translation>
        </message>
        <message>
            <source>How strongly strokes model the rock.</source>
            <translation>笔触塑造山石的强弱。</translation>
        </message>
        <message>
            <source>How dark it has become.</source>
            <translation>天色暗到什么程度。</translation>
        </message>
        <message>
            <source>Its radius in heights of the picture; 0 for none.</source>
            <translation>半径，以画高为单位；0 表示没有。</translation>
        </message>
        <message>
            <source>Trees</source>
            <translation>树木</translation>
        </message>
        <message>
            <source>Boat, pavilion, birds</source>
            <translation>船、亭、鸟</translation>
        </message>
        <message>
            <source>How much of its fibres is seen.</source>
            <translation>纸纤维显露多少。</translation>
        </message>
        <message>
            <source>dragon</source>
            <translation>龙形曲线</translation>
        </message>
        <message>
            <source>koch</source>
            <translation>科赫曲线</translation>
        </message>
        <message>
            <source>levy</source>
            <translation>Lévy 曲线</translation>
        </message>
        <message>
            <source>sierpinski</source>
            <translation>谢尔宾斯基三角形</translation>
        </message>
        <message>
            <source>fork</source>
            <translation>分叉</translation>
        </message>
        <message>
            <source>Figure</source>
            <translation>图形</translation>
        </message>
        <message>
            <source>Finest copy</source>
            <translation>最细副本</translation>
        </message>
        <message>
            <source>Copies smaller than this share of the whole are left out.</source>
            <translation>小于整体这一份额的副本不画。</translation>
        </message>
        <message>
            <source>Width of a copy's line, in its own lengths.</source>
            <translation>副本线条的宽度，以其自身长度为单位。</translation>
        </message>
        <message>
            <source>Turns every copy in the one it is part of.</source>
            <translation>使每个副本在所属的副本中转动。</translation>
        </message>
        <message>
            <source>How much copies differ in angle, by the seed.</source>
            <translation>副本角度的差异程度，由种子决定。</translation>
        </message>
        <message>
            <source>Self-similar figure</source>
            <translation>自相似图形</translation>
        </message>
        <message>
            <source>An iterated function system: two to four affine maps, applied again and again to the figure's line until a copy is smaller than the finest; each copy's map is turned by the bend and by a random angle of the seed. Fern: the maps of Barnsley (Fractals Everywhere, 1988); dragon of Heighway, curves of von Koch and Lévy, triangle of Sierpiński, and a tree that forks. Drawn as strokes of the given width.</source>
            <translation>迭代函数系统：把两到四个仿射映射反复作用于图形的线条，直到副本小于最细的一级；每个副本的映射再转过“弯曲”和由种子决定的随机角度。蕨：Barnsley 的映射（Fractals Everywhere，1988）；另有 Heighway 龙形曲线、von Koch 曲线与 Lévy 曲线、Sierpiński 三角形和一棵分叉的树。按给定宽度画成笔画。</translation>
        </message>
        <message>
            <source>chance</source>
            <translation>随机</translation>
        </message>
        <message>
            <source>place</source>
            <translation>位置</translation>
        </message>
        <message>
            <source>Eddies</source>
            <translation>漩涡</translation>
        </message>
        <message>
            <source>How large the turns of the flow are, in sizes.</source>
            <translation>流动的弯转有多大，以大小为单位。</translation>
        </message>
        <message>
            <source>Strength of eddies half as large, and of half of them.</source>
            <translation>一半大小的漩涡的强度，以及再小一半的强度。</translation>
        </message>
        <message>
            <source>Between two strokes where they begin, in sizes.</source>
            <translation>笔画起点之间的距离，以大小为单位。</translation>
        </message>
        <message>
            <source>Of the longest strokes, in sizes; chance makes others shorter.</source>
            <translation>最长笔画的长度，以大小为单位；其余的随机变短。</translation>
        </message>
        <message>
            <source>Of the thickest strokes in their middle, in sizes.</source>
            <translation>最粗笔画中部的粗细，以大小为单位。</translation>
        </message>
        <message>
            <source>How much thinner and shorter chance makes strokes.</source>
            <translation>随机使笔画变细、变短的程度。</translation>
        </message>
        <message>
            <source>Current</source>
            <translation>水流</translation>
        </message>
        <message>
            <source>How strongly everything is carried along one direction.</source>
            <translation>一切被带向同一方向的强度。</translation>
        </message>
        <message>
            <source>Of the current, clockwise from the right.</source>
            <translation>水流的角度，自右方顺时针。</translation>
        </message>
        <message>
            <source>Colours by</source>
            <translation>着色依据</translation>
        </message>
        <message>
            <source>Strokes along v / |v|, v = (∂n/∂y, −∂n/∂x) of Perlin noise n with three octaves, plus the current: a flow without sources (Bridson, Hourihan and Nordenstam, Curl-noise, SIGGRAPH 2007). Each cell of a grid of the spacing has one stroke, through a random point of it (cells are at least 1/60 of the length), half of its length each way by the midpoint rule; its length, width, colour and place in the order of painting come from Philox for seed and cell. What repeats has a whole number of cells, and so has the noise.</source>
            <translation>笔画沿 v / |v| 行进，v = (∂n/∂y, −∂n/∂x) 加上水流，n 为三个倍频的 Perlin 噪声：没有源的流动（Bridson、Hourihan 与 Nordenstam，Curl-noise，SIGGRAPH 2007）。以间距为格的网格中每格有一笔（格子至少为长度的 1/60），经过格内随机一点，按中点法向两端各走一半；长度、宽度、颜色和绘制次序由 Philox 按种子与格子产生。重复时含整数个格子，噪声亦然。</translation>
        </message>
        <message>
            <source>Ground</source>
            <translation>底色</translation>
        </message>
        <message>
            <source>Fill the ground</source>
            <translation>填充底色</translation>
        </message>
        <message>
            <source>Else only the strokes are there.</source>
            <translation>否则只有笔画。</translation>
        </message>
        <message>
            <source>Flow lines</source>
            <translation>流线</translation>
        </message>
        <message>
            <source>closed form</source>
            <translation>闭式解</translation>
        </message>
        <message>
            <source>guided</source>
            <translation>引导</translation>
        </message>
        <message>
            <source>Closed form finds hair and fur; guided is quicker and softer.</source>
            <translation>闭式解能找出毛发；引导更快、更柔和。</translation>
        </message>
        <message>
            <source>Edge width</source>
            <translation>边缘宽度</translation>
        </message>
        <message>
            <source>How far on each side of the outline the edge is looked for; 0 follows the layer's size.</source>
            <translation>在轮廓两侧多远的范围内寻找边缘；0 按图层大小决定。</translation>
        </message>
        <message>
            <source>Move edge</source>
            <translation>移动边缘</translation>
        </message>
        <message>
            <source>Outwards; below 0 inwards, which takes a rim of the background away.</source>
            <translation>向外移动；小于 0 时向内，可去除残留的背景边。</translation>
        </message>
        <message>
            <source>Clean colours</source>
            <translation>净化颜色</translation>
        </message>
        <message>
            <source>Frees the edge's colours of what shines through from the background.</source>
            <translation>去除边缘颜色中透出的背景色。</translation>
        </message>
        <message>
            <source>seamless</source>
            <translation>无缝</translation>
        </message>
        <message>
            <source>mixed</source>
            <translation>混合</translation>
        </message>
        <message>
            <source>Blend</source>
            <translation>融合</translation>
        </message>
        <message>
            <source>Seamless keeps the layer's own texture; mixed lets the stronger texture below show through.</source>
            <translation>无缝保留图层自身的纹理；混合则让下方较强的纹理透出。</translation>
        </message>
        <message>
            <source>From where the patch is taken: this layer, with those below it, or all.</source>
            <translation>修补内容取自何处：此图层、连同下方图层，或全部图层。</translation>
        </message>
        <message>
            <source>Mixed gradients</source>
            <translation>混合梯度</translation>
        </message>
        <message>
            <source>Of both textures the stronger one stays at each pixel; for patches that let what lies there show.</source>
            <translation>两种纹理中每个像素保留较强的一种，使原处的内容仍能透出。</translation>
        </message>
        <message>
            <source>What one layer of a convolutional network computes: y(m, n) = max(0, b + Σ k(i, j) · x(s·m + i − p, s·n + j − p)) over all numbers k of the kernel, b the offset, s the stride, p the padding (half of the kernel's side, rounded down, or 0), without max where ReLU is off. Then of each square of the pooling size the largest number or the mean is kept; what is left over at the right and lower edge is dropped. A side of n becomes ⌊(n + 2p − k) / s⌋ + 1. As conv2d, relu, max_pool2d and avg_pool2d of PyTorch (Dumoulin and Visin, A guide to convolution arithmetic for deep learning, 2016).</source>
            <translation>卷积网络中一级运算所得的结果：y(m, n) = max(0, b + Σ k(i, j) · x(s·m + i − p, s·n + j − p))，对卷积核的所有数 k 求和，b 为偏移，s 为步幅，p 为填充（核边长的一半，向下取整，或为 0）；关闭 ReLU 时没有 max。然后在每个池化大小的方块中保留最大值或平均值；右边和下边剩余的部分舍去。边长 n 变为 ⌊(n + 2p − k) / s⌋ + 1。与 PyTorch 的 conv2d、relu、max_pool2d 和 avg_pool2d 相同（Dumoulin、Visin，A guide to convolution arithmetic for deep learning，2016）。</translation>
        </message>
        <message>
            <source>zero</source>
            <translation>零</translation>
        </message>
        <message>
            <source>max</source>
            <translation>最大值</translation>
        </message>
        <message>
            <source>stretched</source>
            <translation>拉伸</translation>
        </message>
        <message>
            <source>as-they-are</source>
            <translation>原样</translation>
        </message>
        <message>
            <source>all-colours</source>
            <translation>所有颜色</translation>
        </message>
        <message>
            <source>What the kernel is laid on: one plane, or each colour for itself.</source>
            <translation>卷积核作用于何处：单个平面，或每种颜色分别处理。</translation>
        </message>
        <message>
            <source>Added to every sum, before ReLU.</source>
            <translation>在 ReLU 之前加到每个和上。</translation>
        </message>
        <message>
            <source>What lies beyond the edge; none: the kernel stays inside, and the map is smaller.</source>
            <translation>边缘之外的内容；无：卷积核留在画面内，特征图较小。</translation>
        </message>
        <message>
            <source>The kernel is laid on every so many pixels.</source>
            <translation>每隔这么多像素放置一次卷积核。</translation>
        </message>
        <message>
            <source>ReLU</source>
            <translation>ReLU</translation>
        </message>
        <message>
            <source>What is below 0 becomes 0.</source>
            <translation>小于 0 的值变为 0。</translation>
        </message>
        <message>
            <source>Pooling</source>
            <translation>池化</translation>
        </message>
        <message>
            <source>Of each square of numbers the largest, or the mean, is kept.</source>
            <translation>每个方块中只保留最大值或平均值。</translation>
        </message>
        <message>
            <source>Pooling size</source>
            <translation>池化大小</translation>
        </message>
        <message>
            <source>Tones</source>
            <translation>色调</translation>
        </message>
        <message>
            <source>Stretched: the largest number is white; with negative ones 0 is mid-grey. As they are: 0 black, 1 white.</source>
            <translation>拉伸：最大的数为白色；有负数时 0 为中灰。原样：0 为黑，1 为白。</translation>
        </message>
        <message>
            <source>Likeness</source>
            <translation>相似特征</translation>
        </message>
        <message>
            <source>1 is as strong as the noise that was measured.</source>
            <translation>1 表示与测得的噪声一样强。</translation>
        </message>
        <message>
            <source>plane</source>
            <translation>平面</translation>
        </message>
        <message>
            <source>sphere</source>
            <translation>球面</translation>
        </message>
        <message>
            <source>Tiles</source>
            <translation>平铺次数</translation>
        </message>
        <message>
            <source>How often the material repeats along a side.</source>
            <translation>材质沿每边重复多少次。</translation>
        </message>
        <message>
            <source>How strongly heights and normals are felt; 1 as they are.</source>
            <translation>高度和法线的强弱；1 为原样。</translation>
        </message>
        <message>
            <source>Roughness</source>
            <translation>粗糙度</translation>
        </message>
        <message>
            <source>0 shines like glass; a roughness map is multiplied with it.</source>
            <translation>0 像玻璃一样光亮；粗糙度贴图与它相乘。</translation>
        </message>
        <message>
            <source>Mountains and water</source>
            <translation>山水</translation>
        </message>
        <message>
            <source>Nine ridges from far to near, each y = foot − height · mound(u) · shape(u), shape a sum of Perlin noise along the line with creases by crags, one mound for each stretch of 1.7 heights. Under the crest the tone runs from crest to foot of the manner's palette, darkened by fibres that follow the slope (cun), and mist covers it as 1 − exp(−(depth / t)^1.7). The water mirrors it; trees are L-systems. Everything is a function of place and seed, so the scroll has no end.</source>
            <translation>由远及近九重山，每重 y = 山脚 − 高度 · 隆起(u) · 形状(u)，形状为沿线的 Perlin 噪声之和，并按“嶙峋”加入折痕；每 1.7 个画高有一处隆起。山脊以下色调按该画法的色板从脊到脚过渡，顺坡的纤维使其变暗（皴），雾按 1 − exp(−(深度 / t)^1.7) 覆盖。水面倒映其上；树木为 L 系统。一切都是位置与种子的函数，因此长卷没有尽头。</translation>
        </message>
        <message>
            <source>How wide the circle around a click is; a drag draws its own.</source>
            <translation>点击处圆圈的直径；拖动则自行画圆。</translation>
        </message>
        <message>
            <source>the filter {name} takes nothing from another picture; those that do are: {known}</source>
            <translation>滤镜 {name} 不从其他图片取值；可以取值的有：{known}</translation>
        </message>
        <message>
            <source>{frames} frames of {width} × {height} are not possible: at least 1 frame, at most 67 megapixels each</source>
            <translation>无法生成 {frames} 帧 {width} × {height}：至少 1 帧，每帧最多 6700 万像素</translation>
        </message>
        <message>
            <source>Detail from a folder</source>
            <translation>从文件夹取细节</translation>
        </message>
        <message>
            <source>Small copies of the pictures, at most 96 pixels large, are compared with the layer patch by patch: cost(k, p) is the least summed squared difference of the 5 × 5 patch at place p to any patch of picture k. One after the other the picture is taken with which Σ over p of the least cost among those taken falls most (Nemhauser, Wolsey, Fisher, 1978). The layer is split into a coarse half c, made s times smaller and larger again, and a fine half x − c; PatchMatch finds the 7 × 7 patches of those pictures whose coarse half is most alike, and strength times their fine half is added (Freeman et al., Example-Based Super-Resolution, 2002; Barnes et al., PatchMatch, 2009).</source>
            <translation>把各图片缩小到最长边不超过 96 像素的副本，与图层逐块比较：cost(k, p) 是位置 p 处的 5 × 5 图块与图片 k 中任一图块的差的平方和的最小值。逐张选取图片，每次选取使 Σ（对所有 p）已选图片中最小代价下降最多的一张（Nemhauser、Wolsey、Fisher，1978）。图层分为粗略部分 c（缩小 s 倍再放大）和细节部分 x − c；PatchMatch 在这些图片中找出粗略部分最相似的 7 × 7 图块，并按强度加上其细节部分（Freeman 等，Example-Based Super-Resolution，2002；Barnes 等，PatchMatch，2009）。</translation>
        </message>
        <message>
            <source>None of the pictures can lend detail: each must be opaque in places and at least 16 × 16 pixels. Choose another folder.</source>
            <translation>没有一张图片能提供细节：图片须有不透明的部分，且至少为 16 × 16 像素。请另选文件夹。</translation>
        </message>
        <message>
            <source>From how many pictures of the folder detail is taken, at most: those that resemble most.</source>
            <translation>最多从文件夹中的几张图片取细节：取最相似的几张。</translation>
        </message>
        <message>
            <source>“{name}” does not change with time, so there is nothing to play. Those that do: {known}</source>
            <translation>“{name}”不随时间变化，没有可播放的内容。可以播放的有：{known}</translation>
        </message>
        <message>
            <source>Bright and dark flaws are what the white and the black top-hat of the luma Y = 0.2126 R + 0.7152 G + 0.0722 B leave, Y − opening(Y) and closing(Y) − Y with a disc as wide as the largest flaw d (Serra, Image Analysis and Mathematical Morphology, 1982). Selected is what lies above (8 − 5 · sensitivity) times its mean in a window of 8 d pixels, and above 0.02: as a scratch where a straight line of the shortest length fits into it in one of 12 directions, as dust where it is connected and nowhere larger than d.</source>
            <translation>亮的和暗的瑕疵是对亮度 Y = 0.2126 R + 0.7152 G + 0.0722 B 作白顶帽和黑顶帽变换所留下的部分，即 Y − 开运算(Y) 和闭运算(Y) − Y，所用圆盘与最大瑕疵 d 同宽（Serra，Image Analysis and Mathematical Morphology，1982）。选中高于其在 8 d 像素窗口内平均值的 (8 − 5 · 灵敏度) 倍且高于 0.02 的部分：若 12 个方向之一上能容下最短长度的直线，则为划痕；若相连且任何方向都不大于 d，则为灰尘。</translation>
        </message>
        <message>
            <source>“{filter}” is computed by the engine, which is not at hand here. Use it as a filter layer in the studio, with the engine installed: pip install "danqing[engine]"</source>
            <translation>“{filter}”由引擎计算，而这里没有引擎。请在窗口中作为滤镜图层使用，并安装引擎：pip install "danqing[engine]"</translation>
        </message>
        <message>
            <source>Learning rate, times</source>
            <translation>学习率倍数</translation>
        </message>
        <message>
            <source>Batch in parts</source>
            <translation>分份计算</translation>
        </message>
        <message>
            <source>How far</source>
            <translation>距离</translation>
        </message>
        <message>
            <source>Beyond the usual</source>
            <translation>超出平常</translation>
        </message>
        <message>
            <source>Cut out a square, too</source>
            <translation>同时挖去一个方块</translation>
        </message>
        <message>
            <source>kernel: write numbers, with spaces between them and a semicolon after each row, such as 0 -1 0; -1 5 -1; 0 -1 0</source>
            <translation>kernel：请写数字，数字之间用空格，每行之后用分号，例如 0 -1 0; -1 5 -1; 0 -1 0</translation>
        </message>
        <message>
            <source>kernel: all rows must be equally long, and both sides odd</source>
            <translation>kernel：各行必须一样长，行数和列数都要是奇数</translation>
        </message>
        <message>
            <source>kernel: at most 31 rows and columns</source>
            <translation>kernel：最多 31 行 31 列</translation>
        </message>
        <message>
            <source>kernel: numbers from -1000000 to 1000000</source>
            <translation>kernel：数字须在 -1000000 到 1000000 之间</translation>
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
    <context>
        <name>training</name>
        <message>
            <source>Its numbers ran away at step {step}: it learns too fast. Go on more slowly.</source>
            <translation>第 {step} 步数值失控：学得太快。请放慢后继续。</translation>
        </message>
        <message>
            <source>The discriminator sees through every picture, so the model hardly learns. Slow it and vary what it sees.</source>
            <translation>判别器识破了每一张图片，模型几乎学不到东西。请放慢判别器，并让它看到的图片更多变。</translation>
        </message>
        <message>
            <source>The discriminator takes made pictures for better than yours, so what it teaches is wrong. Let it learn faster.</source>
            <translation>判别器认为生成的图片比你的更真，教的已不对。请让它学得快些。</translation>
        </message>
        <message>
            <source>It repeats itself: many pictures look alike. Hold the discriminator back, which keeps it varied.</source>
            <translation>出现雷同：许多图片看起来一样。请约束判别器，以保持多样。</translation>
        </message>
        <message>
            <source>It learns your pictures by heart: {value} of its own are nearly one of them. Stop here, add pictures, or vary them more.</source>
            <translation>它在死记你的图片：它生成的图片有 {value} 几乎就是其中一张。请就此停止、添加图片，或让图片更多变。</translation>
        </message>
        <message>
            <source>Its codes say nothing of the pictures any more (posterior collapse): all are drawn alike. Let codes cost less.</source>
            <translation>它的编码不再反映图片内容（后验坍塌）：画出的都一样。请降低编码的代价。</translation>
        </message>
        <message>
            <source>There is one picture only: a model of it can draw nothing else. Stop here and add pictures, or vary it more.</source>
            <translation>只有一张图片，用它训练的模型只能画出这一张。请在此停止并添加图片，或增加变化。</translation>
        </message>
        <message>
            <source>Learn more slowly</source>
            <translation>放慢学习</translation>
        </message>
        <message>
            <source>Slow the discriminator</source>
            <translation>放慢判别器</translation>
        </message>
        <message>
            <source>Speed the discriminator up</source>
            <translation>加快判别器</translation>
        </message>
        <message>
            <source>Hold the discriminator back</source>
            <translation>约束判别器</translation>
        </message>
        <message>
            <source>Vary the pictures more</source>
            <translation>增加扰动</translation>
        </message>
        <message>
            <source>Let codes cost less</source>
            <translation>降低编码的代价</translation>
        </message>
        <message>
            <source>Its numbers ran away at step {step}: it learnt too fast. It went back to its last checkpoint and goes on more slowly.</source>
            <translation>第 {step} 步数值失控：学得太快。已退回上一个检查点，并放慢继续。</translation>
        </message>
    </context>
</TS>
