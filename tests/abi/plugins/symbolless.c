/* symbolless.c: a shared object that is no plugin. */
int foyer_plugin_entrance(void);

int
foyer_plugin_entrance(void)
{
	return 0;
}
