/* render: values to PDF syntax. Integers only: nothing here follows the locale. */
#include "render/pdf_int.h"

struct buf pdf_buf(struct pdf *p)
{
	struct buf b;
	buf_init(&b, p->arena, PDF_BUF_MAX);
	return b;
}

void put_int(struct buf *b, int64_t n)
{
	put_scaled(b, n, 0);
}

void put_scaled(struct buf *b, int64_t value, unsigned decimals)
{
	char digits[32];
	size_t at = sizeof digits;
	uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

	for (; decimals && rest % 10 == 0; decimals--)
		rest /= 10;
	if (rest == 0) {
		buf_putc(b, '0');
		return;
	}
	for (; decimals; decimals--) {
		digits[--at] = (char)('0' + rest % 10);
		rest /= 10;
		if (decimals == 1)
			digits[--at] = '.';
	}
	for (; rest; rest /= 10)
		digits[--at] = (char)('0' + rest % 10);
	if (value < 0)
		digits[--at] = '-';
	buf_bytes(b, digits + at, sizeof digits - at);
}

int32_t mpt_centi(mpt length)
{
	return length < 0 ? -((5 - length) / 10) : (length + 5) / 10;
}

void put_mpt(struct buf *b, mpt length)
{
	put_scaled(b, mpt_centi(length), 2);
}

void put_ref(struct buf *b, uint32_t number)
{
	put_int(b, number);
	buf_puts(b, " 0 R");
}

void put_name(struct buf *b, struct str s)
{
	static const char hex[] = "0123456789ABCDEF";

	buf_putc(b, '/');
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		if (c > 0x20 && c < 0x7F && !strchr("#/()<>[]{}%", c)) {
			buf_putc(b, (char)c);
		} else {
			buf_putc(b, '#');
			buf_putc(b, hex[c >> 4]);
			buf_putc(b, hex[c & 15]);
		}
	}
}

/* Only these need it inside a literal string; a bare CR would be read as LF. */
void put_escaped(struct buf *b, char c)
{
	if (c == '\r') {
		buf_puts(b, "\\r");
		return;
	}
	if (c == '(' || c == ')' || c == '\\')
		buf_putc(b, '\\');
	buf_putc(b, c);
}

void put_bytes(struct buf *b, struct str bytes)
{
	buf_putc(b, '(');
	for (size_t i = 0; i < bytes.len; i++)
		put_escaped(b, bytes.ptr[i]);
	buf_putc(b, ')');
}

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] < 0x20 || (unsigned char)s.ptr[i] > 0x7E)
			return false;
	return true;
}

/* UTF-16BE units of one code point; returns how many. */
static unsigned utf16(uint32_t code_point, uint16_t units[2])
{
	if (code_point < 0x10000) {
		units[0] = (uint16_t)code_point;
		return 1;
	}
	units[0] = (uint16_t)(0xD800 + ((code_point - 0x10000) >> 10));
	units[1] = (uint16_t)(0xDC00 + ((code_point - 0x10000) & 0x3FF));
	return 2;
}

struct str string_bytes(struct arena *a, struct str utf8)
{
	struct buf b;
	size_t left = PDF_STRING_UNITS;

	if (is_ascii(utf8))
		return (struct str){ utf8.ptr, utf8.len < left ? utf8.len : left };
	buf_init(&b, a, PDF_BUF_MAX);
	buf_puts(&b, "\xFE\xFF");
	for (size_t at = 0; at < utf8.len;) {
		uint16_t units[2];
		unsigned count = utf16(utf8_next(utf8, &at), units);
		if (count > left)
			break;
		left -= count;
		for (unsigned i = 0; i < count; i++) {
			buf_putc(&b, (char)(units[i] >> 8));
			buf_putc(&b, (char)(units[i] & 0xFF));
		}
	}
	return buf_str(&b);
}

void put_string(struct buf *b, struct str utf8)
{
	put_bytes(b, string_bytes(b->arena, utf8));
}

void put_utf16_hex(struct buf *b, struct str utf8)
{
	static const char hex[] = "0123456789ABCDEF";

	buf_putc(b, '<');
	for (size_t at = 0; at < utf8.len;) {
		uint16_t units[2];
		unsigned count = utf16(utf8_next(utf8, &at), units);
		for (unsigned i = 0; i < count; i++)
			for (int shift = 12; shift >= 0; shift -= 4)
				buf_putc(b, hex[units[i] >> shift & 15]);
	}
	buf_putc(b, '>');
}

void put_date(struct buf *b, struct str iso)
{
	buf_puts(b, "(D:");
	for (size_t i = 0; i < iso.len; i++)
		if (iso.ptr[i] >= '0' && iso.ptr[i] <= '9')
			buf_putc(b, iso.ptr[i]);
	buf_puts(b, "000000Z)");
}
