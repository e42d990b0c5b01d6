"""Check stack files: `python -m components.settings Pulumi.dev.yaml [more files laid over it]`. Exit 0 fine, 2 not."""

from __future__ import annotations

import sys
from pathlib import Path

import yaml

from components.settings.settings import Settings, SettingsError, Value


def main(files: list[str]) -> int:
    try:
        project = _read(Path("Pulumi.yaml"))
        prefix = f"{project['name']}:"
        values: dict[str, Value] = {
            key: declared["default"] for key, declared in project["config"].items() if "default" in declared
        }
        for file in files:
            config = _read(Path(file)).get("config") or {}
            values |= {key.removeprefix(prefix): config[key] for key in config if key.startswith(prefix)}
        Settings.parse(values)
    except SettingsError as error:
        print(f"{' + '.join(files)} can not be used:\n{error}", file=sys.stderr)
        return 2
    return 0


def _read(path: Path) -> dict:  # type: ignore[type-arg]
    try:
        content = yaml.load(path.read_bytes(), yaml.CSafeLoader)
    except FileNotFoundError:
        stacks = ", ".join(sorted(file.name for file in Path().glob("Pulumi.*.yaml"))) or "none"
        raise SettingsError(f"- there is no file {path}; stack files here are {stacks}") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SettingsError(f"- {path} is no YAML: {' '.join(str(error).split())}") from None
    if not isinstance(content, dict) or not isinstance(content.get("config") or {}, dict):
        raise SettingsError(f"- {path} has no `config:` with keys and values; see Pulumi.dev.yaml for one that has")
    return content


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
