"""The portal: `reports/index.html` and the pages in `reports/portal/`, for whoever looks for a report. It opens from a file share.

It knows what the manifests say and no more: `contents` reads them, `views` puts them into the words of a language, `pages` lays them out.
"""

from analysis.reports.portal.pages import portal_pages, write_portal

__all__ = ["portal_pages", "write_portal"]
