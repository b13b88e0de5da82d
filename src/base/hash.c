/* SHA-256: what the manifest and the attachment say about inputs and outputs. */
#include "base/hash.h"

#include "base/str.h"

#include <nettle/sha2.h>
#include <string.h>

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

/* ---- texts with their own hash ---- */

enum { DIGITS = 64 };

/* Where the digits stand; the text's length when it bears none. */
static size_t digits_at(struct str text, const char *mark)
{
	size_t length = strlen(mark);
	const char *found = text.len ? memmem(text.ptr, text.len, mark, length) : NULL;
	size_t at = found ? (size_t)(found - text.ptr) + length : text.len;
	return at + DIGITS <= text.len ? at : text.len;
}

struct str hash_sealed(struct arena *a, struct str text, const char *mark)
{
	size_t hash = digits_at(text, mark);
	uint8_t digest[32];
	struct buf plain;
	buf_init(&plain, a, text.len + 1);
	for (size_t i = 0; i < text.len; i++)
		if (i >= hash && i < hash + DIGITS)
			buf_putc(&plain, '0');
		else if (text.ptr[i] != '\r')
			buf_putc(&plain, text.ptr[i]);
	hash_sha256(buf_str(&plain), digest);
	return hash_hex(a, digest);
}

void hash_seal(struct arena *a, char *text, size_t size, const char *mark)
{
	struct str whole = { text, size };
	size_t at = digits_at(whole, mark);
	if (at < size)
		memcpy(text + at, hash_sealed(a, whole, mark).ptr, DIGITS);
}
