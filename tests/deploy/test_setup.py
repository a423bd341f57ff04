"""Set-up does each thing once, again when its sources changed, and as the person's pip would."""

from pathlib import Path

import pytest

from deploy.roundtable import pip_settings, setup, stamps
from deploy.roundtable.terminal import FailureError

LOCK = """\
urllib3==2.5.0 \\
    --hash=sha256:1111 \\
    --hash=sha256:2222
    # via requests
uv==0.13.9 \\
    --hash=sha256:aaaa \\
    --hash=sha256:bbbb
    # via -r requirements/base.in
uvicorn==0.54.0 \\
    --hash=sha256:cccc
"""


def test_uv_is_installed_with_the_hashes_of_the_lock() -> None:
    assert setup.locked_entry(LOCK, "uv") == (
        "uv==0.13.9 \\\n    --hash=sha256:aaaa \\\n    --hash=sha256:bbbb\n"
    )


def test_a_lock_without_the_package_is_reported() -> None:
    with pytest.raises(FailureError, match="does not name flit"):
        setup.locked_entry(LOCK, "flit")


def test_a_missing_venv_package_is_named_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(setup, "find_spec", lambda name: None if name == "ensurepip" else object())

    with pytest.raises(FailureError, match="sudo apt-get install python3-venv"):
        setup.require_venv()


def tree(folder: Path) -> Path:
    (folder / "src").mkdir(parents=True)
    (folder / "src" / "a.ts").write_text("1")
    (folder / "node_modules").mkdir()
    return folder


def mark(folder: Path) -> str:
    return stamps.fingerprint([folder], besides=frozenset({"node_modules"}))


def test_the_fingerprint_follows_content_and_names_but_not_what_was_made(tmp_path: Path) -> None:
    folder = tree(tmp_path / "frontend")
    before = mark(folder)

    (folder / "node_modules" / "made.js").write_text("x")
    (folder / "src" / "a.ts").touch()
    assert mark(folder) == before

    (folder / "src" / "a.ts").write_text("2")
    changed = mark(folder)
    assert changed != before

    (folder / "src" / "a.ts").rename(folder / "src" / "b.ts")
    assert mark(folder) not in (before, changed)


def test_a_folder_that_was_being_made_counts_as_not_made(tmp_path: Path) -> None:
    assert stamps.read(tmp_path / "missing") == ""

    stamps.write(tmp_path, "made of this")
    assert stamps.read(tmp_path) == "made of this"

    stamps.remove(tmp_path)
    assert stamps.read(tmp_path) == ""


def test_uv_is_told_what_pip_was_told() -> None:
    listed = (
        ":env:.find-links='/wheels /more'\n"
        ":env:.index-url='https://strong.example/simple'\n"
        "global.cert='/etc/ca.crt'\n"
        "global.disable-pip-version-check='1'\n"
        "global.extra-index-url='https://a.example/simple\\nhttps://b.example/simple'\n"
        "global.find-links='/weak'\n"
        "install.index-url='https://weak.example/simple'\n"
        "list.format='columns'\n"
    )

    assert pip_settings.translate(listed) == {
        "UV_DEFAULT_INDEX": "https://strong.example/simple",
        "UV_FIND_LINKS": "/wheels,/more",
        "UV_INDEX": "https://a.example/simple https://b.example/simple",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "SSL_CERT_FILE": "/etc/ca.crt",
    }


def test_without_pip_settings_uv_keeps_its_own() -> None:
    assert pip_settings.translate("") == {}
