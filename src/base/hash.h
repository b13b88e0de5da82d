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

/* A text that bears the hash of itself where mark (as in seal=") stands first, 64 digits behind it: hex, of the text with noughts in their place and
 * without carriage returns, which whoever keeps a file may add. */
struct str hash_sealed(struct arena *a, struct str text, const char *mark);
/* Writes it there; without a mark nothing. */
void hash_seal(struct arena *a, char *text, size_t size, const char *mark);

#endif
