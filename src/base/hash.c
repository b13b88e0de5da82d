/* SHA-256: what the manifest and the attachment say about inputs and outputs. */
#include "base/hash.h"

#include <nettle/sha2.h>

void hash_sha256(struct str bytes, uint8_t out[32])
{
	struct sha256_ctx ctx;
	sha256_init(&ctx);
	sha256_update(&ctx, bytes.len, (const uint8_t *)bytes.ptr);
	sha256_digest(&ctx, SHA256_DIGEST_SIZE, out);
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
