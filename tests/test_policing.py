"""The policing fixtures of conftest.py catch what they are there for; all cases are one small test run of their own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")
ROOT = Path(__file__).resolve().parent.parent
CHECKS = "ruff check passed in 0.1 s"

GUILTY = {
    "qt warning": (
        "from PySide6.QtCore import qWarning\n    qWarning('ink is dry')",
        "Qt warned: ink is dry",
    ),
    "running thread": (
        "import threading\n    threading.Thread(target=threading.Event().wait, name='inkstone', daemon=True).start()",
        "a running thread (inkstone)",
    ),
    "child process": (
        "import subprocess, builtins\n    builtins.child = subprocess.Popen(['sleep', '5'])",
        ": sleep 5)",
    ),
    "running QThread": (
        "from PySide6.QtCore import QThread\n    qapp.t = QThread(); qapp.t.setObjectName('brush'); qapp.t.start()\n"
        "    import atexit; atexit.register(lambda: (qapp.t.quit(), qapp.t.wait()))",
        "a running QThread (QThread “brush”)",
    ),
    "active timer": (
        "from PySide6.QtCore import QTimer\n    qapp.x = QTimer(); qapp.x.start(70)",
        "an active QTimer (every 70 ms",
    ),
    "window": (
        "from PySide6.QtWidgets import QLabel\n    qapp.w = QLabel('x'); qapp.w.show()",
        "a window (QLabel",
    ),
    "outside": (
        "import socket, contextlib\n    with socket.socket() as s, contextlib.suppress(AssertionError): s.connect(('192.0.2.1', 80))",
        "an outside connection to ('192.0.2.1', 80)",
    ),
    "outside by name": (
        "import socket, contextlib\n    with contextlib.suppress(AssertionError): socket.create_connection(('a.invalid', 80))",
        "an outside connection to a.invalid",
    ),
    "real settings": (
        "import os, platformdirs\n    os.path.exists('/')\n"
        "    try: open(platformdirs.user_config_path('danqing', appauthor=False) / 'settings.toml')\n"
        "    except OSError: pass",
        "the real settings: open",
    ),
    "warning": ("import warnings\n    warnings.warn('pale', stacklevel=1)", "UserWarning: pale"),
}
INNOCENT = {
    "own settings": "from studio import paths\n    assert paths.config().is_relative_to(home)\n    paths.config().mkdir()",
    "local socket": "import socket\n    a = socket.create_server(('127.0.0.1', 0)); b = socket.create_connection(a.getsockname())\n    b.close(); a.close()",
    "ended thread": "import threading, time\n    threading.Thread(target=time.sleep, args=(0.05,)).start()",
    "ended child": "import subprocess\n    assert subprocess.run(['sleep', '0'], check=False).returncode == 0",
    "long run": "import os\n    assert os.environ['DANQING_LONG_TESTS'] == '1'",
    "closed window": "from PySide6.QtWidgets import QLabel\n    w = QLabel('x'); qtbot.addWidget(w); w.show()",
    "stopped timer": "from PySide6.QtCore import QTimer\n    t = QTimer(); t.start(70); t.stop()",
    "deleted later": "from PySide6.QtWidgets import QLabel\n    w = QLabel('x'); w.show(); w.deleteLater()",
}


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What one run says about each case, by its name; empty where the case passed. The last output under ``output``."""
    folder = tmp_path_factory.mktemp("cases")
    (folder / "conftest.py").write_text(CONFTEST.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "pytest.ini").write_text(
        "[pytest]\nfilterwarnings = error\naddopts = --no-qt-log\n", encoding="utf-8"
    )
    (folder / "test_cases.py").write_text("\n".join(source_of(name) for name in CASES), encoding="utf-8")
    (folder / "checks").write_text(CHECKS, encoding="utf-8")
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DANQING_LONG_TESTS"},
        "PYTHONPATH": str(ROOT),
        "DANQING_CHECKS": str(folder / "checks"),
        "DANQING_TEST_GRACE": "0.3",
    }
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--long",
        "--junitxml",
        "report.xml",
        ".",
    ]
    finished = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert finished.returncode == 1, finished.stdout + finished.stderr
    said = dict.fromkeys(CASES, "") | {"output": finished.stdout}
    for case in ElementTree.parse(folder / "report.xml").iter("testcase"):
        text = "\n".join(f"{part.get('message')}\n{part.text}" for part in case)
        said[case.attrib["name"].removeprefix("test_").replace("_", " ")] += text
    return said


def source_of(name: str) -> str:
    body = CASES[name]
    fixtures = {"qapp": "PySide6" in body and name != "qt warning", "qtbot": "qtbot" in body, "home": True}
    return f"def test_{name.replace(' ', '_')}({', '.join(key for key, wanted in fixtures.items() if wanted)}):\n    {body}\n"


CASES = {name: body for name, (body, _) in GUILTY.items()} | INNOCENT


@pytest.mark.parametrize("name", GUILTY)
def test_a_guilty_test_fails(verdicts: dict[str, str], name: str):
    assert GUILTY[name][1] in verdicts[name]


@pytest.mark.parametrize("name", INNOCENT)
def test_an_innocent_test_passes(verdicts: dict[str, str], name: str):
    assert verdicts[name] == ""


def test_pytest_ends_with_its_own_summary_after_the_other_checks(verdicts: dict[str, str]):
    *_, last = verdicts["output"].strip().splitlines()
    assert re.fullmatch(r"\d+ failed, \d+ passed, \d+ errors in .*", last)
    assert CHECKS in verdicts["output"]
