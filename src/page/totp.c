/* totp.c: the second factor: its secret as a picture, its codes. */
#include <qrencode.h>

#include "page/parts.h"

enum { QUIET = 4 };			/* modules around it, ISO/IEC 18004 */

/* Dark on light whatever the page's colours: cameras expect it. */
static void
picture(struct buf *b, const char *text)
{
	QRcode *qr = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	int x, y, side;

	if (qr == NULL)
		return;			/* the secret stands below, too */
	side = qr->width + 2 * QUIET;
	OUT(b, "<svg class=\"qr\" role=\"img\" aria-label=\"",
	    T("The secret as a picture for your telephone"),
	    "\" viewBox=\"0 0 ", side, " ", side, "\" "
	    "shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h");
	OUT(b, side, "v", side, "H0z\"/><path fill=\"#000\" d=\"");
	for (y = 0; y < qr->width; y++)
		for (x = 0; x < qr->width; x++)
			if (qr->data[y * qr->width + x] & 1)
				OUT(b, "M", x + QUIET, " ", y + QUIET,
				    "h1v1h-1z");
	OUT(b, "\"/></svg>\n");
	QRcode_free(qr);
}

/* otpauth: what authenticator applications agree upon. */
static const char *
address(struct buf *b, const struct page_site *site,
    const struct page_totp *p)
{
	struct buf url = buf_new(b->arena, 256);

	buf_lit(&url, "otpauth://totp/");
	out_url(&url, str_of(site->name));
	buf_char(&url, ':');
	out_url(&url, p->account->name);
	buf_lit(&url, "?secret=");
	out_url(&url, p->secret);
	buf_lit(&url, "&issuer=");
	out_url(&url, str_of(site->name));
	return buf_cstr(&url);
}

/* In fours, as people copy it. */
static void
fours(struct buf *b, struct str s)
{
	size_t i;

	OUT(b, "<code class=\"secret\">");
	for (i = 0; i < s.len; i += 4)
		OUT(b, i > 0 ? STR(" ") : STR(""), str_cut(s, i, 4));
	OUT(b, "</code>");
}

void
page_totp_code(struct buf *b, enum err error)
{
	OUT(b, "<div class=\"field\"><label for=\"code\">", T("Code"),
	    "</label>\n<input id=\"code\" name=\"code\" required "
	    "autocomplete=\"one-time-code\" autocapitalize=\"none\" "
	    "spellcheck=\"false\" maxlength=\"40\"");
	if (error == ERR_CODE)
		OUT(b, " aria-invalid=\"true\" "
		    "aria-describedby=\"own-wrong\"");
	OUT(b, "></div>\n");
}

static void
form(struct buf *b, const struct page_totp *p, bool set)
{
	OUT(b, "<form class=\"comment-form\" method=\"post\" "
	    "action=\"/foyer/account/totp", set ? STR("") : STR("/end"),
	    "\">\n");
	page_shell_token(b, p->token);
	if (set)
		page_form_hidden(b, STR("secret"), p->sealed);
	page_totp_code(b, p->error);
	OUT(b, "<p class=\"send\"><button type=\"submit\">",
	    set ? T("Turn it on") : T("Turn it off"),
	    "</button></p>\n</form>\n");
}

static void
set_up(struct buf *b, const struct page_site *site, const struct page_totp *p)
{
	OUT(b, "<p>", T("Scan this with an application for codes, or type the "
	    "secret into it. Then give the code that it shows."), "</p>\n");
	picture(b, address(b, site, p));
	OUT(b, "<p>");
	SAY(b, T("The secret: %s"), fours(b, p->secret));
	OUT(b, "</p>\n");
	form(b, p, true);
}

static void
turn_off(struct buf *b, const struct page_totp *p)
{
	OUT(b, "<p>", T("Signing in asks for a code of your application."),
	    " ", TN("%d code for recovery is left.",
	    "%d codes for recovery are left.", p->left), "</p>\n");
	if (p->required) {
		OUT(b, "<p>", T("Your role needs a second factor here."),
		    "</p>\n");
		return;
	}
	OUT(b, "<p>", T("To turn it off, or to set it up anew, give a code: of "
	    "your application, or one for recovery."), "</p>\n");
	form(b, p, false);
}

void
page_totp(struct buf *b, const struct page_site *site,
    const struct page_totp *p)
{
	page_own_open(b, site, T_STR(b, "Second factor"), p->error);
	if (p->account->totp.len == 0)
		set_up(b, site, p);
	else
		turn_off(b, p);
	OUT(b, "<p><a href=\"/foyer/account\">", T("Your account"),
	    "</a></p>\n</div>\n");
	page_shell_end(b, site);
}

void
page_codes(struct buf *b, const struct page_site *site,
    const struct page_codes *p)
{
	size_t i;

	page_own_open(b, site, T_STR(b, "Codes for recovery"), OK);
	OUT(b, "<p class=\"notice\" role=\"status\">",
	    T("The second factor is on."), "</p>\n<p>",
	    T("Write these down: each lets you in once if the telephone is "
	    "lost. They are not shown again."), "</p>\n"
	    "<ol class=\"codes\">\n");
	for (i = 0; i < p->n; i++)
		OUT(b, "<li><code>", p->codes[i], "</code></li>\n");
	OUT(b, "</ol>\n<p><a href=\"/foyer/account\">", T("Your account"),
	    "</a></p>\n</div>\n");
	page_shell_end(b, site);
}

void
page_codes_json(struct buf *b, const struct page_codes *p)
{
	size_t i;

	JSON(b, "{\"codes\":[");
	for (i = 0; i < p->n; i++) {
		if (i > 0)
			buf_char(b, ',');
		JSON(b, p->codes[i]);
	}
	JSON(b, "]}\n");
}
