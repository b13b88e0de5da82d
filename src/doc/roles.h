/* DOC_ROLE(id, name in layout files, keeps with the next block): the closed list of text roles. Keeps and tags hang on the
 * role, so that restyling cannot lose them. */
DOC_ROLE(ROLE_TITLE, "title", true)                 /* message of a section: the page's headline */
DOC_ROLE(ROLE_LEAD, "lead", false)                  /* one or two sentences under the title */
DOC_ROLE(ROLE_HEADING, "heading", true)             /* head of a column of text */
DOC_ROLE(ROLE_TEXT, "text", false)
DOC_ROLE(ROLE_KEY, "key", true)                     /* line that explains marks and scenarios */
DOC_ROLE(ROLE_EXHIBIT_TITLE, "exhibit-title", true)
DOC_ROLE(ROLE_UNIT, "unit", true)                   /* unit line of an exhibit: measure, period, key */
DOC_ROLE(ROLE_CAUSE, "cause", false)                /* note inside an exhibit */
DOC_ROLE(ROLE_SOURCE, "source", false)              /* source line of an exhibit */
DOC_ROLE(ROLE_TABLE_HEAD, "table-head", true)
DOC_ROLE(ROLE_TABLE_CELL, "table-cell", false)
DOC_ROLE(ROLE_TABLE_GROUP, "table-group", true)     /* group and subtotal rows */
DOC_ROLE(ROLE_TABLE_TOTAL, "table-total", false)
DOC_ROLE(ROLE_TILE_LABEL, "tile-label", true)
DOC_ROLE(ROLE_TILE_VALUE, "tile-value", true)
DOC_ROLE(ROLE_TILE_TEXT, "tile-text", false)
DOC_ROLE(ROLE_ITEM_HEAD, "item-head", true)         /* headline of an ask, a commitment, an agenda line */
DOC_ROLE(ROLE_ITEM_TEXT, "item-text", false)
DOC_ROLE(ROLE_OPTION, "option", true)               /* head of an option with its amount */
DOC_ROLE(ROLE_CHART_LABEL, "chart-label", false)    /* categories and direct labels */
DOC_ROLE(ROLE_CHART_VALUE, "chart-value", false)    /* printed data */
DOC_ROLE(ROLE_CHART_AXIS, "chart-axis", false)      /* ticks and small remarks */
DOC_ROLE(ROLE_NOTE, "note", false)                  /* gathered at the foot of the page */
DOC_ROLE(ROLE_HEADER, "header", false)
DOC_ROLE(ROLE_FOOTER, "footer", false)
DOC_ROLE(ROLE_CONTENTS, "contents", false)
DOC_ROLE(ROLE_SIGN, "sign", false)                  /* name under a line to sign on */
