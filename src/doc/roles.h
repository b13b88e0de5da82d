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
DOC_ROLE(ROLE_HEADING_1, "heading-1", true)         /* headings of texts by their level */
DOC_ROLE(ROLE_HEADING_2, "heading-2", true)
DOC_ROLE(ROLE_HEADING_3, "heading-3", true)
DOC_ROLE(ROLE_HEADING_4, "heading-4", true)
DOC_ROLE(ROLE_HEADING_5, "heading-5", true)
DOC_ROLE(ROLE_HEADING_6, "heading-6", true)
DOC_ROLE(ROLE_PROSE, "prose", false)                /* paragraphs of texts */
DOC_ROLE(ROLE_BULLET_1, "bullet-1", true)           /* labels of lists by their level, and the column they stand in */
DOC_ROLE(ROLE_BULLET_2, "bullet-2", true)
DOC_ROLE(ROLE_BULLET_3, "bullet-3", true)
DOC_ROLE(ROLE_NUMBER_1, "number-1", true)
DOC_ROLE(ROLE_NUMBER_2, "number-2", true)
DOC_ROLE(ROLE_NUMBER_3, "number-3", true)
DOC_ROLE(ROLE_TERM, "term", true)                   /* of a definition list */
DOC_ROLE(ROLE_QUOTE, "quote", false)
DOC_ROLE(ROLE_CALLOUT_HEAD, "callout-head", true)
DOC_ROLE(ROLE_CALLOUT, "callout", false)
DOC_ROLE(ROLE_CAPTION, "caption", false)            /* under a figure */
DOC_ROLE(ROLE_CODE, "code", false)                  /* its family sets code inside a line */
DOC_ROLE(ROLE_STAMP, "stamp", false)                /* across a page: DRAFT */
