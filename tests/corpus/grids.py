"""Tables as boxes on a grid: what stands where, and how far it reaches."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass
class Box:
    """One printed cell; ``key`` names it whatever is printed in it, a cell code for a number."""

    row: int
    column: int
    text: str
    key: str = ""
    across: int = 1
    down: int = 1

    @property
    def is_number(self) -> bool:
        return self.key.startswith("t") and self.key[1:2].isdigit() and ":" not in self.key


@dataclass
class Grid:
    """One table. Places that no box covers do not exist in the source (a short row)."""

    number: int
    boxes: list[Box] = field(default_factory=list)
    head: int = 1

    @property
    def height(self) -> int:
        return max(box.row + box.down for box in self.boxes)

    @property
    def width(self) -> int:
        return max(box.column + box.across for box in self.boxes)

    def row(self, number: int) -> list[Box]:
        """Return the boxes that begin in a row, from left to right."""
        return sorted((b for b in self.boxes if b.row == number), key=lambda b: b.column)

    def rows(self) -> list[list[Box]]:
        return [self.row(number) for number in range(self.height)]

    def box(self, key: str) -> Box | None:
        return next((box for box in self.boxes if box.key == key), None)

    def places(self) -> list[list[Box | None]]:
        """Return the box over each place of the rectangle, None where nothing stands."""
        found: list[list[Box | None]] = [[None] * self.width for _ in range(self.height)]
        for box in self.boxes:
            for row in range(box.row, box.row + box.down):
                for column in range(box.column, box.column + box.across):
                    found[row][column] = box
        return found

    def texts(self) -> list[list[str]]:
        """Return the rectangle with each text in its first place; short rows stay short."""
        found = []
        for number, row in enumerate(self.places()):
            while row and row[-1] is None:
                row.pop()
            found.append(
                [
                    box.text if box and (box.row, box.column) == (number, column) else ""
                    for column, box in enumerate(row)
                ]
            )
        return found

    def insert_row(self, at: int, boxes: list[Box]) -> None:
        for box in self.boxes:
            if box.row >= at:
                box.row += 1
            elif box.row + box.down > at:
                box.down += 1
        self.boxes += [replace(box, row=at) for box in boxes]

    def remove_row(self, at: int) -> None:
        for box in self.boxes:
            if box.row > at:
                box.row -= 1
            elif box.row + box.down > at:
                box.down -= 1
        self.boxes = [box for box in self.boxes if box.down]

    def insert_column(self, at: int, text: dict[int, str] | None = None) -> None:
        """Open a column; boxes that reach over it grow, else it holds ``text`` or nothing."""
        for box in self.boxes:
            if box.column >= at:
                box.column += 1
            elif box.column + box.across > at:
                box.across += 1
        covered = {
            row
            for box in self.boxes
            if box.column <= at < box.column + box.across
            for row in range(box.row, box.row + box.down)
        }
        texts = text or {}
        self.boxes += [
            Box(row, at, texts.get(row, "")) for row in range(self.height) if row not in covered
        ]
