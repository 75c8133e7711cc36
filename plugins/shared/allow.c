/* allow.c: which addresses may be asked. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "outward.h"

/* Not of the public internet (RFC 6890). */
static const char private[] =
    "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 "
    "172.16.0.0/12 192.0.0.0/24 192.168.0.0/16 198.18.0.0/15 224.0.0.0/3 "
    "::/96 ::ffff:0:0/96 64:ff9b::/96 64:ff9b:1::/48 2001::/32 2002::/16 "
    "fc00::/7 fe80::/9 ff00::/8";

static bool
net_read(struct outward_net *net, char *word)
{
	char *slash = strchr(word, '/'), *end;
	long most;

	if (slash != NULL)
		*slash = '\0';
	net->family = strchr(word, ':') ? AF_INET6 : AF_INET;
	most = net->family == AF_INET6 ? 128 : 32;
	net->bits = (int)most;
	if (slash != NULL) {
		long bits = strtol(slash + 1, &end, 10);

		if (end == slash + 1 || *end != '\0' || bits < 0 || bits > most)
			return false;
		net->bits = (int)bits;
	}
	return inet_pton(net->family, word, net->address) == 1;
}

bool
outward_allow_read(struct outward_allow *allow, const char *list)
{
	char text[OUTWARD_TEXT], *word, *rest;

	memset(allow, 0, sizeof(*allow));
	if (strlen(list) >= sizeof(text))
		return false;
	strcpy(text, list);
	for (word = strtok_r(text, " ", &rest); word != NULL;
	    word = strtok_r(NULL, " ", &rest)) {
		if (strcmp(word, "public") == 0)
			allow->public = true;
		else if (allow->n == OUTWARD_NETS ||
		    !net_read(&allow->nets[allow->n++], word))
			return false;
	}
	return allow->public || allow->n > 0;
}

static bool
inside(const struct outward_net *net, int family, const unsigned char *at)
{
	int i;

	if (net->family != family)
		return false;
	for (i = 0; i < net->bits; i++)
		if ((net->address[i / 8] ^ at[i / 8]) & 0x80 >> i % 8)
			return false;
	return true;
}

static bool
listed(const struct outward_allow *allow, int family, const unsigned char *at)
{
	size_t i;

	for (i = 0; i < allow->n; i++)
		if (inside(&allow->nets[i], family, at))
			return true;
	return false;
}

bool
outward_allow_has(const struct outward_allow *allow, const struct sockaddr *sa)
{
	struct outward_allow local;
	unsigned char at[16] = { 0 };

	if (sa->sa_family == AF_INET)
		memcpy(at, &((const struct sockaddr_in *)
		    (const void *)sa)->sin_addr, 4);
	else if (sa->sa_family == AF_INET6)
		memcpy(at, &((const struct sockaddr_in6 *)
		    (const void *)sa)->sin6_addr, 16);
	else
		return false;
	if (listed(allow, sa->sa_family, at))
		return true;
	return allow->public && outward_allow_read(&local, private) &&
	    !listed(&local, sa->sa_family, at);
}
