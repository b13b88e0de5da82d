/* render: what the file says about itself: XMP, the Info dictionary in the same words, and the
 * colour space of its output. */
#include "render/pdf_int.h"
#include "render/srgb_profile.h"

static const char xmp_head[] =
	"<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
	"<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
	"<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
	" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
	" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\""
	" xmlns:entente=\"urn:entente#\">\n"
	"<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>\n";

/* PDF/A knows neither PDF/UA's property nor ours: both need their schema described. */
static const char xmp_schemas[] =
	"<rdf:Description rdf:about=\"\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
	" xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
	" xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\"><pdfaExtension:schemas><rdf:Bag>\n"
	"<rdf:li rdf:parseType=\"Resource\"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>"
	"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
	"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>"
	"<rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>part</pdfaProperty:name>"
	"<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>"
	"<pdfaProperty:description>Part of PDF/UA</pdfaProperty:description></rdf:li>"
	"</rdf:Seq></pdfaSchema:property></rdf:li>\n"
	"<rdf:li rdf:parseType=\"Resource\"><pdfaSchema:schema>Entente briefing</pdfaSchema:schema>"
	"<pdfaSchema:namespaceURI>urn:entente#</pdfaSchema:namespaceURI>"
	"<pdfaSchema:prefix>entente</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>"
	"<rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>dataHash</pdfaProperty:name>"
	"<pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>"
	"<pdfaProperty:description>SHA-256 of the attached data</pdfaProperty:description></rdf:li>"
	"</rdf:Seq></pdfaSchema:property></rdf:li>\n"
	"</rdf:Bag></pdfaExtension:schemas></rdf:Description>\n";

/* One field in both places: <before>text<after> in XMP, /key in Info. */
struct field {
	const char *before, *after, *key;
	struct str value;
};

static struct str producer(struct pdf *p)
{
	return str_printf(p->arena, STR_FMT " (libharu %s)", STR_ARG(p->pages->meta.tool), HPDF_GetVersion());
}

static struct str xmp(struct pdf *p, const struct field *fields, size_t count)
{
	const struct page_meta *meta = &p->pages->meta;
	struct buf b = pdf_buf(p);

	buf_puts(&b, xmp_head);
	for (size_t i = 0; i < count; i++) {
		if (!fields[i].value.len)
			continue;
		buf_puts(&b, fields[i].before);
		buf_xml(&b, fields[i].value);
		buf_puts(&b, fields[i].after);
	}
	if (meta->date.len) {
		buf_printf(&b, "<xmp:CreateDate>" STR_FMT "T00:00:00Z</xmp:CreateDate>", STR_ARG(meta->date));
		buf_printf(&b, "<xmp:ModifyDate>" STR_FMT "T00:00:00Z</xmp:ModifyDate>", STR_ARG(meta->date));
	}
	buf_puts(&b, "</rdf:Description>\n");
	buf_puts(&b, xmp_schemas);
	buf_puts(&b, "</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>");
	return buf_str(&b);
}

static void info_write(struct pdf *p, const struct field *fields, size_t count)
{
	struct str date = p->pages->meta.date;
	struct buf b = pdf_buf(p);

	for (size_t i = 0; i < count; i++) {
		if (!fields[i].value.len || !fields[i].key)
			continue;
		buf_puts(&b, fields[i].key);
		put_string(&b, fields[i].value);
	}
	if (date.len) {
		buf_puts(&b, "/CreationDate");
		put_date(&b, date);
		buf_puts(&b, "/ModDate");
		put_date(&b, date);
	}
	HPDF_Dict_RemoveElement(p->doc->info, "Producer");
	pdf_entries(p, p->doc->info, buf_str(&b));
}

HPDF_Dict metadata_write(struct pdf *p)
{
	const struct page_meta *meta = &p->pages->meta;
	const struct field fields[] = {
		{ "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", "</rdf:li></rdf:Alt></dc:title>\n", "/Title",
			meta->title },
		{ "<dc:creator><rdf:Seq><rdf:li>", "</rdf:li></rdf:Seq></dc:creator>\n", "/Author", meta->author },
		{ "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">",
			"</rdf:li></rdf:Alt></dc:description>\n", "/Subject", meta->subject },
		{ "<dc:language><rdf:Bag><rdf:li>", "</rdf:li></rdf:Bag></dc:language>\n", NULL, meta->lang },
		{ "<pdf:Keywords>", "</pdf:Keywords>\n", "/Keywords", meta->keywords },
		{ "<xmp:CreatorTool>", "</xmp:CreatorTool>\n", "/Creator", meta->tool },
		{ "<pdf:Producer>", "</pdf:Producer>\n", "/Producer", producer(p) },
		{ "<entente:dataHash>", "</entente:dataHash>\n", NULL, meta->data_hash },
	};
	size_t count = sizeof fields / sizeof *fields;

	info_write(p, fields, count);
	return pdf_stream(p, STR("/Type/Metadata/Subtype/XML"), xmp(p, fields, count));
}

HPDF_Dict output_intent_write(struct pdf *p)
{
	HPDF_Dict profile = pdf_stream_deflated(p, STR("/N 3"),
		(struct str){ (const char *)srgb_profile, sizeof srgb_profile });
	struct buf b = pdf_buf(p);

	buf_puts(&b, "/Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)"
		"/Info(sRGB IEC61966-2.1)/DestOutputProfile ");
	put_ref(&b, pdf_number(profile));
	return pdf_object_of(p, buf_str(&b));
}
