/* SHA-256 (nettle). */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/str.h"

void hash_sha256(struct str bytes, uint8_t out[32]);
struct str hash_hex(struct arena *a, const uint8_t digest[32]);

#endif
