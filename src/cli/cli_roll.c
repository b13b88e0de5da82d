#include "cli/cli.h"
int cli_roll(const struct cli_options *o) { (void)o; return ENTENTE_SYSTEM; }
int cli_diff(const struct cli_options *o) { (void)o; return ENTENTE_SYSTEM; }
