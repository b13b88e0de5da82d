/* SHA-256 (nettle). */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/str.h"

/* What comes in parts. */
struct hash {
	uint64_t state[32]; /* nettle's, which no header but hash.c knows */
};
void hash_begin(struct hash *h);
void hash_add(struct hash *h, struct str bytes);
void hash_end(struct hash *h, uint8_t out[32]);
void hash_sha256(struct str bytes, uint8_t out[32]);
struct str hash_hex(struct arena *a, const uint8_t digest[32]);

#endif
