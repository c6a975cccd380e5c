"""No module and no package escapes the import contracts of pyproject.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
OUTSIDE = {"migrations", "management"}  # Written by a machine; commands that nobody imports.


def contracts() -> list[dict[str, Any]]:
    found = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert isinstance(found, list)
    return found


def packages() -> set[str]:
    """Every package of ours, by its dotted name."""
    folders = [file.parent.relative_to(ROOT) for app in ("factcheck", "claims", "sources") for file in inits(app)]
    return {".".join(folder.parts) for folder in folders if not OUTSIDE & set(folder.parts)}


def inits(app: str) -> list[Path]:
    return sorted((ROOT / app).rglob("__init__.py"))


def names(layers: list[str]) -> set[str]:
    return {name.strip(" ()") for layer in layers for name in layer.replace("|", ":").split(":")}


def test_every_package_has_an_exhaustive_contract() -> None:
    layered = [contract for contract in contracts() if contract["type"] == "layers"]
    exhaustive = {name for contract in layered if contract.get("exhaustive") for name in contract["containers"]}
    assert exhaustive == packages()


def test_claims_and_sources_stand_between_the_wiring_and_the_ground() -> None:
    """The contract over all three cannot be exhaustive, so each part of factcheck/ is counted here."""
    above_and_below = names(contracts()[0]["layers"]) - {"claims", "sources"}
    (own,) = [contract["layers"] for contract in contracts() if contract.get("containers") == ["factcheck"]]
    assert above_and_below == {f"factcheck.{name}" for name in names(own)}
