/* completion.c: foyerctl completion: what a shell offers behind foyerctl. */
#include <stdio.h>
#include <string.h>

#include "ctl/ctl.h"

/* The next word of names that begin with these: "account" has add, list ... */
static void
offer_words(struct str begin)
{
	struct str last = STR("");

	for (size_t i = 0; i < ctl_commands_size; i++) {
		struct str name = str_of(ctl_commands[i]->name), word;

		if (begin.len > 0 && (name.len <= begin.len ||
		    memcmp(name.at, begin.at, begin.len) != 0 ||
		    name.at[begin.len] != ' '))
			continue;
		if (begin.len > 0)
			name = str_cut(name, begin.len + 1, name.len);
		str_split(&name, ' ', &word);
		if (!str_eq(word, last))
			printf(STR_FMT " ", STR_ARG(word));
		last = word;
	}
}

static bool
in_word(char c)
{
	return (c >= 'a' && c <= 'z') || c == '-';
}

/* The options that the usage names. */
static void
offer_options(struct str text)
{
	for (size_t i = 0; i + 2 < text.len; i++) {
		size_t end = i;

		if (text.at[i] != '-' || text.at[i + 1] != '-')
			continue;
		while (end < text.len && in_word(text.at[end]))
			end++;
		printf(STR_FMT " ", STR_ARG(str_cut(text, i, end - i)));
		i = end;
	}
}

/* Said in both shells. Longer lines first: "account add" before "account". */
static void
offer(void)
{
	struct str last = STR("");

	puts("\tcase $line in");
	for (size_t i = 0; i < ctl_commands_size; i++) {
		printf("\t'%s'*) offer='", ctl_commands[i]->name);
		offer_options(str_of(ctl_commands[i]->usage));
		puts("' ;;");
	}
	for (size_t i = 0; i < ctl_commands_size; i++) {
		struct str rest = str_of(ctl_commands[i]->name), first;

		str_split(&rest, ' ', &first);
		if (rest.len == 0 || str_eq(first, last))
			continue;
		printf("\t'" STR_FMT "') offer='", STR_ARG(first));
		offer_words(first);
		puts("' ;;");
		last = first;
	}
	fputs("\t'') offer='", stdout);
	offer_words(STR(""));
	puts("help' ;;\n\tesac\n\toffer=\"$offer --conf --database --help\"\n"
	    "\t[[ -z $value ]] || offer=''");
}

/* The value of a global option is no part of the command. */
#define EACH_WORD	\
    "\t\tif [[ -n $value ]]; then\n\t\t\tvalue=''\n"			\
    "\t\telif [[ $word == --conf || $word == --database ]]; then\n"	\
    "\t\t\tvalue=next\n"						\
    "\t\telif [[ $word != -* ]]; then\n"				\
    "\t\t\tline+=${line:+ }$word\n\t\tfi\n"

static const char bash_head[] =
    "# foyerctl: completion for bash, made by foyerctl completion bash\n"
    "_foyerctl()\n{\n"
    "\tlocal cur=${COMP_WORDS[COMP_CWORD]} line='' offer='' value='' word\n"
    "\tfor word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
    EACH_WORD
    "\tdone\n";
static const char bash_tail[] =
    "\tmapfile -t COMPREPLY < <(compgen -W \"$offer\" -- \"$cur\")\n"
    "\t[[ ${#COMPREPLY[@]} -gt 0 ]] ||\n"
    "\t    mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n"
    "}\ncomplete -o filenames -F _foyerctl foyerctl\n";
static const char zsh_head[] =
    "#compdef foyerctl\n"
    "# foyerctl: completion for zsh, made by foyerctl completion zsh\n"
    "_foyerctl()\n{\n"
    "\tlocal line='' offer='' value='' word\n"
    "\tfor word in \"${(@)words[2,CURRENT-1]}\"; do\n"
    EACH_WORD
    "\tdone\n";
static const char zsh_tail[] =
    "\tcompadd -- ${=offer}\n\t_files\n}\n_foyerctl \"$@\"\n";

static int
run(struct ctl *c, int argc, char **argv)
{
	int words = ctl_options(c, argc, argv, NULL, 0);
	bool bash = words == 1 && str_is(STR("bash"), argv[0]);

	if (!ctl_options_words(c, words, 1, 1))
		return CTL_USAGE;
	if (!bash && !str_is(STR("zsh"), argv[0]))
		return ctl_say_usage(c, "the shell is bash or zsh");
	fputs(bash ? bash_head : zsh_head, stdout);
	offer();
	fputs(bash ? bash_tail : zsh_tail, stdout);
	return CTL_DONE;
}

const struct ctl_command ctl_completion = {
	"completion", "bash | zsh", "print what a shell completes foyerctl by",
	"Commands and their options. The packages put it where the shells look "
	"for it.\n\n"
	"  foyerctl completion bash > "
	"/usr/share/bash-completion/completions/foyerctl\n",
	run
};
