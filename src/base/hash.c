/* SHA-256: what the manifest and the attachment say about inputs and outputs. */
#include "base/hash.h"

#include <nettle/sha2.h>

_Static_assert(sizeof(struct sha256_ctx) <= sizeof(struct hash), "room for nettle's state");

void hash_begin(struct hash *h)
{
	sha256_init((struct sha256_ctx *)h->state);
}

void hash_add(struct hash *h, struct str bytes)
{
	sha256_update((struct sha256_ctx *)h->state, bytes.len, (const uint8_t *)bytes.ptr);
}

void hash_end(struct hash *h, uint8_t out[32])
{
	sha256_digest((struct sha256_ctx *)h->state, SHA256_DIGEST_SIZE, out);
}

void hash_sha256(struct str bytes, uint8_t out[32])
{
	struct hash h;
	hash_begin(&h);
	hash_add(&h, bytes);
	hash_end(&h, out);
}

struct str hash_hex(struct arena *a, const uint8_t digest[32])
{
	static const char digits[] = "0123456789abcdef";
	char *hex = arena_alloc(a, 65);
	for (size_t i = 0; i < 32; i++) {
		hex[2 * i] = digits[digest[i] >> 4];
		hex[2 * i + 1] = digits[digest[i] & 15];
	}
	return (struct str){ hex, 64 };
}
