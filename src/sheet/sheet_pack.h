/* A zip archive of a few parts in memory: the same parts give the same bytes, whenever and wherever they are packed. */
#ifndef SHEET_SHEET_PACK_H
#define SHEET_SHEET_PACK_H

#include "base/str.h"
#include "base/vec.h"

struct sheet_packed {
	struct str name;
	uint32_t crc, packed, size, offset; /* bytes; where its header begins */
	uint16_t method;                    /* 0 stored, 8 deflated */
};
struct sheet_pack {
	struct arena *arena;
	struct buf out;
	VEC(struct sheet_packed) parts;
	void *compressor; /* libdeflate's */
};
enum { SHEET_PACK_MOST = 256 * 1024 * 1024 }; /* bytes of an archive */

void sheet_pack_init(struct sheet_pack *p, struct arena *a);
/* Deflated when that is shorter. */
void sheet_pack_add(struct sheet_pack *p, const char *name, struct str bytes);
/* The archive, in the arena; empty when it would be larger than SHEET_PACK_MOST. */
struct str sheet_pack_end(struct sheet_pack *p);

#endif
