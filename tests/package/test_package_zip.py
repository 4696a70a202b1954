"""The zip is what the public plugin repository takes, and works in a fresh profile."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import zipfile

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def package(root):
    spec = importlib.util.spec_from_file_location("build_package", root / "scripts" / "package.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def archive(package):
    return package.build()


@pytest.fixture(scope="module")
def installed(archive, tmp_path_factory):
    """Runs ``qgis_process`` in a fresh profile that holds the unpacked zip, without the packages of build/venv."""
    config = tmp_path_factory.mktemp("config")
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(config / "profiles" / "default" / "python" / "plugins")
    kept = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "QGIS_PLUGINPATH")}
    environment = {
        **kept,
        "QGIS_CUSTOM_CONFIG_PATH": str(config),
        "QT_QPA_PLATFORM": "offscreen",
        "LC_ALL": "C.UTF-8",
        "PYTHONNOUSERSITE": "1",
    }
    program = shutil.which("qgis_process.bin") or shutil.which("qgis_process")

    def run(*arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run([program, *arguments], env=environment, capture_output=True, text=True, timeout=120)

    assert run("plugins", "enable", "originmap").returncode == 0
    return run


def test_zip_follows_the_rules(archive, package):
    assert archive.stat().st_size <= package.LARGEST
    with zipfile.ZipFile(archive) as opened:
        names = opened.namelist()
    assert {name.split("/")[0] for name in names} == {"originmap"}
    wanted = ("__init__.py", "metadata.txt", "LICENSE", "resources/translations/originmap_zh_Hans.qm")
    assert {f"originmap/{name}" for name in wanted} <= set(names)
    unwanted = ("tests/", "scripts/", "docs/", "benchmarks/", "build/", "Makefile", ".git", ".ci", ".ts", ".pyc", ".so")
    assert not [name for name in names for part in unwanted if name.endswith(part) or f"originmap/{part}" in name]


def test_zip_is_reproducible(archive, package):
    before = archive.read_bytes()
    assert package.build().read_bytes() == before


def test_plugin_from_the_zip_lists_its_algorithms(installed):
    assert "originmap:" in installed("list").stdout


def test_plugin_from_the_zip_writes_a_template(installed, tmp_path):
    if "originmap:maketemplate" not in installed("list").stdout:
        pytest.skip("the last commit has no template yet")
    target = tmp_path / "template.xlsx"
    done = installed("run", "originmap:maketemplate", "--", f"OUTPUT={target}")
    assert done.returncode == 0, done.stderr
    assert zipfile.is_zipfile(target)
