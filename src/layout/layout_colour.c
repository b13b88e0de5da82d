/* Colour arithmetic for the checks of the palette: contrast after WCAG 2, lightness and distance after CIE 1976, colour vision after
 * Machado, Oliveira and Fernandes 2009 (severity 1). */
#include "layout/layout_int.h"

#include <math.h>

struct linear {
	double c[3]; /* red green blue, 0..1, light not code */
};

static struct linear linear_of(uint32_t rgb)
{
	struct linear l;
	for (int i = 0; i < 3; i++) {
		double v = (double)(rgb >> (16 - 8 * i) & 0xFF) / 255;
		l.c[i] = v <= .04045 ? v / 12.92 : pow((v + .055) / 1.055, 2.4);
	}
	return l;
}

static double luminance(uint32_t rgb)
{
	struct linear l = linear_of(rgb);
	return .2126 * l.c[0] + .7152 * l.c[1] + .0722 * l.c[2];
}

double colour_contrast(uint32_t a, uint32_t b)
{
	double x = luminance(a), y = luminance(b);
	return (fmax(x, y) + .05) / (fmin(x, y) + .05);
}

/* The linear foot of CIE's curve keeps near-black from turning negative. */
static double curve(double t)
{
	return t > .008856 ? cbrt(t) : 7.787 * t + 16.0 / 116;
}

double colour_lightness(uint32_t c)
{
	return 116 * curve(luminance(c)) - 16;
}

struct lab {
	double l, a, b;
};

static struct lab lab_of(struct linear s)
{
	double x = curve((.4124 * s.c[0] + .3576 * s.c[1] + .1805 * s.c[2]) / .9505);
	double y = curve(.2126 * s.c[0] + .7152 * s.c[1] + .0722 * s.c[2]);
	double z = curve((.0193 * s.c[0] + .1192 * s.c[1] + .9505 * s.c[2]) / 1.089);
	return (struct lab){ 116 * y - 16, 500 * (x - y), 200 * (y - z) };
}

static const double sights[][3][3] = {
	{ { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
	{ { .152, 1.053, -.205 }, { .115, .786, .099 }, { -.004, -.048, 1.052 } },  /* protan */
	{ { .367, .861, -.228 }, { .280, .673, .047 }, { -.012, .043, .969 } },     /* deutan */
	{ { 1.256, -.077, -.179 }, { -.078, .931, .148 }, { .005, .691, .304 } },   /* tritan */
};

static struct lab seen(uint32_t rgb, const double sight[3][3])
{
	struct linear from = linear_of(rgb), to;
	for (int i = 0; i < 3; i++) {
		double v = 0;
		for (int k = 0; k < 3; k++)
			v += sight[i][k] * from.c[k];
		to.c[i] = fmax(0, fmin(1, v));
	}
	return lab_of(to);
}

double colour_apart(uint32_t a, uint32_t b)
{
	double least = INFINITY;
	for (size_t i = 0; i < sizeof sights / sizeof *sights; i++) {
		struct lab x = seen(a, sights[i]), y = seen(b, sights[i]);
		least = fmin(least, sqrt((x.l - y.l) * (x.l - y.l) + (x.a - y.a) * (x.a - y.a) + (x.b - y.b) * (x.b - y.b)));
	}
	return least;
}
