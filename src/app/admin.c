/* admin.c: what moderators' pages have in common. */
#include "app/internal.h"

bool
app_admin_after(const struct request *rq, const char *name, int64_t *ret)
{
	struct str s = wire_query_get(rq, name);

	*ret = 0;
	return s.len == 0 || (str_int64(s, ret) && *ret >= 0);
}

struct page_moderator
app_admin_who(struct app *app)
{
	return (struct page_moderator){
		.account = &app->visitor.account,
		.token = app_visitor_form_token(app)
	};
}

bool
app_admin_selected(const struct request *rq, size_t nth, struct str *ret)
{
	struct str rest, part;
	size_t i;

	for (i = 0; wire_form_nth(rq, "select", i, &rest); i++)
		while (str_split(&rest, ' ', &part))
			if (part.len > 0 && nth-- == 0) {
				*ret = part;
				return true;
			}
	return false;
}
