"""What a PDF must hold to be read aloud: the machine-checkable part of PDF/UA-1, read with pikepdf. Each fault is a sentence."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pikepdf

STANDARD_FONT_DESCRIPTORS = ("/FontFile", "/FontFile2", "/FontFile3")


def faults(path: Path, lang: str = "fr-FR") -> list[str]:
    """What is wrong with the file; empty when nothing is."""
    with pikepdf.open(path) as pdf:
        root = pdf.Root
        tags = [str(element.S) for element in elements(pdf)]
        wrong = {
            "not marked as tagged": not bool(root.get("/MarkInfo", {}).get("/Marked", False)),
            f"language is not {lang}": str(root.get("/Lang", "")) != lang,
            "no title": not str(pdf.docinfo.get("/Title", "")),
            "title not displayed": not bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)),
            "no structure": "/StructTreeRoot" not in root,
            "not PDF/UA-1": str(pdf.open_metadata().get("pdfuaid:part", "")) != "1",
            "not exactly one H1": tags.count("/H1") != 1,
            "heading level skipped": bool(skipped_levels(tags)),
            "reading order of pages unset": any(str(page.get("/Tabs", "/S")) != "/S" for page in pdf.pages),
        }
        return [fault for fault, is_wrong in wrong.items() if is_wrong] + _faulty_elements(pdf) + fonts_not_embedded(pdf)


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """The structure elements, in reading order."""
    yield from _under(pdf.Root.StructTreeRoot)


def skipped_levels(tags: list[str]) -> list[tuple[int, int]]:
    """Pairs of following heading levels of which the second is more than one deeper."""
    levels = [0, *(int(tag[2:]) for tag in tags if tag.startswith("/H") and tag[2:].isdigit())]
    return [(before, after) for before, after in itertools.pairwise(levels) if after > before + 1]


def fonts_not_embedded(pdf: pikepdf.Pdf) -> list[str]:
    """Fonts whose file is not in the document."""
    descriptors = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"]
    return [f"font {d.FontName} not embedded" for d in descriptors if not any(name in d for name in STANDARD_FONT_DESCRIPTORS)]


def alternatives(pdf: pikepdf.Pdf) -> list[str]:
    """The text alternatives of the figures."""
    return [str(element.get("/Alt", "")) for element in elements(pdf) if element.S == "/Figure"]


def _faulty_elements(pdf: pikepdf.Pdf) -> list[str]:
    found = list(elements(pdf))
    silent = ["figure without alternative" for element in found if element.S == "/Figure" and not str(element.get("/Alt", "")).strip()]
    headless = ["table without headings" for element in found if element.S == "/Table" and not _has_headings(element)]
    return silent + headless


def _has_headings(table: pikepdf.Object) -> bool:
    headings = [element for element in _under(table) if element.S == "/TH"]
    return bool(headings) and all(_scope(heading) for heading in headings)


def _scope(heading: pikepdf.Object) -> str:
    attributes = heading.get("/A", [])
    listed = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    return next((str(each["/Scope"]) for each in listed if isinstance(each, pikepdf.Dictionary) and "/Scope" in each), "")


def _under(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    children = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from _under(child)
