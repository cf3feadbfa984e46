"""Says in Chinese what a reader of the reading must know, the weightiest first."""

from __future__ import annotations

from nianbao.notes.cells import cell_notes
from nianbao.notes.labels import label_notes
from nianbao.notes.rows import row_notes
from nianbao.notes.source import form_message, identity_notes, source_notes
from nianbao.recognize import Recognition
from nianbao.report import Note

__all__ = ["form_message", "identity_notes", "reading_notes"]

_ORDER = {"error": 0, "warning": 1, "hint": 2}


def reading_notes(recognition: Recognition) -> tuple[Note, ...]:
    """List the notes of one reading, the weightiest first."""
    notes = [
        *row_notes(recognition),
        *cell_notes(recognition),
        *source_notes(recognition),
        *label_notes(recognition),
    ]
    return tuple(sorted(notes, key=lambda note: _ORDER[note.severity]))
