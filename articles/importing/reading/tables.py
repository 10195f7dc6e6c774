"""Reads the tables of an HTML file, cell by cell."""

from typing import Any

from articles.importing.reading.document import Table, as_entries
from articles.importing.reading.words import WordReader


class TableReader(WordReader):
    """Collects rows; in a list of references they are its entries."""

    def _start_table(self, tag: str, element: Any) -> None:
        self.tables += 1
        if self.tables == 1 and not self.lists:
            self.table = Table([], self.line)

    def _end_table(self) -> None:
        self.tables -= 1
        if self.tables == 0 and self.table is not None:
            table, self.table = self.table, None
            table.rows = [row for row in table.rows if row]
            if table.rows and self.sinks[-1] is self.document.listed:
                self.sinks[-1] += as_entries(table)
            elif table.rows:
                self.sinks[-1].append(table)

    def _start_row(self, tag: str, element: Any) -> None:
        if self.tables == 1 and self.table is not None:
            self.table.rows.append([])

    def _end_row(self) -> None:
        """The next row begins by itself."""

    def _start_cell(self, tag: str, element: Any) -> None:
        if self.tables != 1 or self.table is None:
            return
        if not self.table.rows:
            self.table.rows.append([])
        spans = (element.get(name) or "1" for name in ("colspan", "rowspan"))
        self.table.irregular |= any(span.strip() != "1" for span in spans)
        if len(self.table.rows) == 1:
            is_first = not self.table.rows[0]
            self.table.headed = tag == "th" and (is_first or self.table.headed)
        self.cell = []
        self.table.rows[-1].append(self.cell)

    def _end_cell(self) -> None:
        if self.tables == 1:
            self.cell = None
