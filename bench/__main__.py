"""Print every figure: `make bench`. Exit 0 whatever the figures are; 1 when one could not be taken."""

from __future__ import annotations

import sys

from bench import analysis, imports, lab, servicex


def main() -> int:
    failed = False
    print(f"{'what':<64}{'measured':>12}{'goal':>12}")
    for take in (imports.figures, analysis.figures, servicex.figures, lab.figures):
        try:
            for figure in take():
                print(figure, flush=True)
        except RuntimeError as error:
            failed = True
            print(f"not measured: {error}", file=sys.stderr)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
