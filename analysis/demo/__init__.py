"""An invented commune in the real export formats, with known answers (docs/demo.md)."""

from analysis.demo.invented import INVENTED_DEPARTMENT, is_invented
from analysis.demo.write import DemoSummary, write_demo

__all__ = ["INVENTED_DEPARTMENT", "DemoSummary", "is_invented", "write_demo"]
