/* Render: pages to a file's bytes. No decisions: what is drawn, tagged and named was decided
 * before. render/pdf_*.c are the only files that see libharu. */
#ifndef RENDER_RENDER_H
#define RENDER_RENDER_H

#include "page/page.h"

struct pdf_file {
	struct str bytes;
	uint8_t sha256[32]; /* of them */
};

/* The whole file, its bytes in a, PDF 1.7 that is PDF/UA-1 and PDF/A-3a by construction. Same
 * pages, same bytes. False after diagnostics (a font that cannot be subset, an image that is not
 * one, out of memory in libharu); *out is untouched then. */
bool render_pdf(struct arena *a, const struct pages *pages, struct pdf_file *out, struct diag *d);

/* Bytes in zlib's format, as render_pdf deflates them, in a: what is attached need not be kept at its full length. */
struct str render_deflated(struct arena *a, struct str bytes);

#endif
