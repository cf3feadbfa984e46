"""The rules said once more, plainly and slowly, from the words of the forms and the law alone.

`statement` says what must hold, `reasoning` what follows where figures are missing, `worlds`
makes reports with a year before them. Nothing here knows how the package works it out.
"""
