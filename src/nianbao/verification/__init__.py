"""The part of the page that says what was checked, what came out, and what is suspect."""

from __future__ import annotations

from nianbao.verification.equations import equations
from nianbao.verification.others import others
from nianbao.verification.readings import cell_readings, notes
from nianbao.verification.records import records
from nianbao.verification.suspected import suspected
from nianbao.verification.years import years

__all__ = ["cell_readings", "equations", "notes", "others", "records", "suspected", "years"]
