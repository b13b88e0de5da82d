/* Words to glyphs: the cache in front of HarfBuzz. Serves the arrow spans -> paragraph.
 *
 * Nothing saves as much in a batch: a briefing's words come again in the next one. An entry depends on nothing but its
 * key, so that whether it was there never shows in a result. */
#include "text/text_int.h"

#include <unicode/uchar.h>

static uint64_t key_hash(const struct shape_key *key, struct str bytes)
{
	uint64_t h = str_hash(bytes);
	h ^= ((uint64_t)key->font->id << 40 | (uint64_t)key->lang << 16 | (uint64_t)key->features << 8 | key->rtl) *
	     0x9E3779B97F4A7C15u;
	return h ^ (uint64_t)key->script * 0xC2B2AE3D27D4EB4Fu ^ h >> 29;
}

static bool key_same(const struct shape_key *a, const struct shape_key *b)
{
	return a->font == b->font && a->script == b->script && a->lang == b->lang && a->features == b->features &&
	       a->rtl == b->rtl;
}

static unsigned features_of(uint8_t flags, hb_feature_t out[8])
{
	static const struct {
		uint8_t flag;
		hb_tag_t tag;
		uint32_t value;
	} table[] = {
		{ TEXT_TABULAR, HB_TAG('t', 'n', 'u', 'm'), 1 },
		{ TEXT_SMALL_CAPS, HB_TAG('s', 'm', 'c', 'p'), 1 },
		{ SHAPE_NO_LIGATURES, HB_TAG('l', 'i', 'g', 'a'), 0 },
		{ SHAPE_NO_LIGATURES, HB_TAG('c', 'l', 'i', 'g'), 0 },
	};
	unsigned count = 0;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (flags & table[i].flag)
			out[count++] = (hb_feature_t){ table[i].tag, table[i].value, HB_FEATURE_GLOBAL_START,
				HB_FEATURE_GLOBAL_END };
	return count;
}

static void add_capitals(hb_buffer_t *b, struct str bytes)
{
	for (size_t at = 0; at < bytes.len;) {
		unsigned cluster = (unsigned)at;
		hb_buffer_add(b, (hb_codepoint_t)u_toupper((UChar32)utf8_next(bytes, &at)), cluster);
	}
	hb_buffer_set_content_type(b, HB_BUFFER_CONTENT_TYPE_UNICODE);
}

static void buffer_shape(struct font_set *set, const struct shape_key *key, struct str bytes)
{
	hb_feature_t features[8];
	hb_buffer_t *b = set->buffer;
	hb_buffer_clear_contents(b);
	hb_buffer_set_flags(b, (hb_buffer_flags_t)(HB_BUFFER_FLAG_BOT | HB_BUFFER_FLAG_EOT |
					       HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES));
	hb_buffer_set_direction(b, key->rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
	hb_buffer_set_script(b, (hb_script_t)key->script);
	hb_buffer_set_language(b, set->languages.at[key->lang]->shaping);
	if (key->features & SHAPE_CAPITALS)
		add_capitals(b, bytes);
	else
		hb_buffer_add_utf8(b, bytes.ptr, (int)bytes.len, 0, (int)bytes.len);
	hb_shape(key->font->font, b, features, features_of(key->features, features));
}

static struct shaped *shape(struct font_set *set, const struct shape_key *key, struct str bytes)
{
	font_ready(key->font); /* one that cannot be used has no glyphs */
	buffer_shape(set, key, bytes);
	unsigned count = 0;
	const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(set->buffer, &count);
	const hb_glyph_position_t *at = hb_buffer_get_glyph_positions(set->buffer, &count);
	struct shaped *s = arena_alloc(&set->words, sizeof *s + count * sizeof *s->glyphs);
	s->key = *key;
	s->bytes = str_copy(&set->words, bytes);
	s->count = count;
	for (unsigned i = 0; i < count; i++) {
		s->glyphs[i] = (struct shaped_glyph){
			.gid = (uint16_t)info[i].codepoint,
			.unsafe = hb_glyph_info_get_glyph_flags(&info[i]) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK,
			.advance = at[i].x_advance,
			.dx = at[i].x_offset,
			.dy = at[i].y_offset,
			.cluster = info[i].cluster,
		};
		s->missing |= info[i].codepoint == 0;
		s->clusters += i == 0 || info[i].cluster != info[i - 1].cluster;
	}
	return s;
}

static const struct shaped *find_word(const struct font_set *set, const struct shape_key *key, struct str bytes, uint64_t hash)
{
	size_t at = (size_t)hash;
	const struct shaped *s;
	do {
		s = (const struct shaped *)cache_next(&set->shaped_words, hash, &at);
	} while (s && !(key_same(&s->key, key) && str_equal(s->bytes, bytes)));
	return s;
}

const struct shaped *words_shape(struct font_set *set, const struct shape_key *key, struct str bytes)
{
	enum { FIRST_SLOTS = 4096 };
	uint64_t hash = key_hash(key, bytes);
	const struct shaped *known = find_word(set, key, bytes, hash);
	if (known)
		return known;
	struct shaped *s = shape(set, key, bytes);
	s->cached.hash = hash;
	cache_put(&set->words, &set->shaped_words, &s->cached, FIRST_SLOTS);
	return s;
}

uint16_t language_index(struct font_set *set, struct str tag)
{
	for (size_t i = 0; i < set->languages.count; i++)
		if (str_equal(set->languages.at[i]->tag, tag))
			return (uint16_t)i;
	struct text_language *l = ARENA_NEW(set->session, struct text_language);
	l->tag = str_copy(set->session, tag);
	l->shaping = tag.len ? hb_language_from_string(tag.ptr, (int)tag.len) : HB_LANGUAGE_INVALID;
	l->capital_nouns = str_is(tag, "de") || str_starts(tag, "de-") || str_is(tag, "lb") || str_starts(tag, "lb-");
	l->short_words = ties_short_words(tag);
	vec_push(set->session, &set->languages, l);
	return (uint16_t)(set->languages.count - 1);
}
