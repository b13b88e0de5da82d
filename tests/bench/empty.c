/* What starting costs before the first line of a program runs: nothing, linked against everything. */
int main(void)
{
	return 0;
}
