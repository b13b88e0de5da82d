#include "cli/cli.h"
int cli_diff(const struct cli_options *o) { (void)o; return ENTENTE_SYSTEM; }
