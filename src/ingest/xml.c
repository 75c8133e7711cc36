/* xml.c: a file of XML, read as a whole and without the network. */
#include <libxml/parser.h>

#include "ingest/internal.h"

enum err
ingest_xml_read(const struct fault *f, const char *expected,
    struct _xmlDoc **ret)
{
	const xmlError *wrong;

	xmlResetLastError();
	*ret = xmlReadFile(f->name, NULL, XML_PARSE_NONET |
	    XML_PARSE_BIG_LINES | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	if (*ret != NULL)
		return OK;
	wrong = xmlGetLastError();
	if (wrong != NULL && wrong->domain == XML_FROM_IO) {
		*f->why = arena_fmt(f->arena, "%s: the file can't be read",
		    f->name);
		return ERR_FILE;
	}
	return ingest_fault(f, wrong != NULL && wrong->line > 0 ?
	    wrong->line : 1, "%s", expected);
}
