/* DOC_COLOUR(id, name in layout files): colours by role. Nothing else names a colour. */
DOC_COLOUR(COLOUR_PAPER, "paper")
DOC_COLOUR(COLOUR_INK, "ink")
DOC_COLOUR(COLOUR_MUTED, "muted")
DOC_COLOUR(COLOUR_RULE, "rule")
DOC_COLOUR(COLOUR_TINT, "tint")
DOC_COLOUR(COLOUR_ACCENT, "accent")
DOC_COLOUR(COLOUR_BAND, "band")           /* full-width band behind the header; paper = none */
DOC_COLOUR(COLOUR_BAND_INK, "band-ink")
DOC_COLOUR(COLOUR_EDGE, "edge")           /* thin edge under the band and on boxes */
DOC_COLOUR(COLOUR_GOOD, "good")
DOC_COLOUR(COLOUR_WATCH, "watch")
DOC_COLOUR(COLOUR_BAD, "bad")
DOC_COLOUR(COLOUR_PRIOR, "prior")         /* fill of prior-period bars */
DOC_COLOUR(COLOUR_HEAT_1, "heat-1")       /* heat cells, low to act */
DOC_COLOUR(COLOUR_HEAT_2, "heat-2")
DOC_COLOUR(COLOUR_HEAT_3, "heat-3")
DOC_COLOUR(COLOUR_HEAT_4, "heat-4")
DOC_COLOUR(COLOUR_JOINT, "joint")         /* both offices, no side */
DOC_COLOUR(COLOUR_SIDE_1, "side-1")       /* the catalogue's sides say which of these is theirs */
DOC_COLOUR(COLOUR_SIDE_2, "side-2")
DOC_COLOUR(COLOUR_SIDE_3, "side-3")
DOC_COLOUR(COLOUR_SIDE_4, "side-4")
