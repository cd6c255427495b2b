// Blend modes on premultiplied RGBA, the inner loop of the compositor.
//
// A source (half or single floats, times an opacity, times a mask) is put on a backdrop of single floats. With
// x = as·ab·cb, y = as·ab·cs, k = as·ab and p = as·ab·cb·cs, a mode gives m = as·ab·B(cb, cs), and the result is
// d + s − as·d − ab·s + m (W3C Compositing and Blending Level 1, equation 5.8, multiplied out). The formulas stand in
// blend_formulas.py, in the words of the specification; tests hold both against each other.
//
// Compiled by clang (zig cc): vectors of four pixels, split by the compiler to what the processor has. Contraction to fused
// multiply-add is off, so that every processor gives the same bits.

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define EXPORT __attribute__((visibility("default")))
#define INLINE static inline __attribute__((always_inline))

enum { LANES = 16, PIXELS = 4, SEGMENT = 64 };

typedef float Vector __attribute__((ext_vector_type(16)));
typedef int32_t Choice __attribute__((ext_vector_type(16)));
typedef _Float16 Half16 __attribute__((ext_vector_type(16)));
typedef _Float16 Half4 __attribute__((ext_vector_type(4)));
typedef float Vector4 __attribute__((ext_vector_type(4)));

typedef enum {
    NORMAL, DARKEN, MULTIPLY, COLOR_BURN, LINEAR_BURN, DARKER_COLOR, LIGHTEN, SCREEN, COLOR_DODGE, ADD, LIGHTER_COLOR,
    OVERLAY, SOFT_LIGHT, HARD_LIGHT, VIVID_LIGHT, LINEAR_LIGHT, PIN_LIGHT, HARD_MIX, DIFFERENCE, EXCLUSION, SUBTRACT,
    DIVIDE, HUE, SATURATION, COLOR, LUMINOSITY, LIGHTER, BEHIND, ERASE, SOURCE_ATOP, SOURCE_IN, SOURCE_OUT, DESTINATION_IN,
    DESTINATION_ATOP, XOR, COPY, DESTINATION, CLEAR, MODES
} Mode;

static const char *const NAMES[MODES] = {
    "normal", "darken", "multiply", "color-burn", "linear-burn", "darker-color", "lighten", "screen", "color-dodge", "add",
    "lighter-color", "overlay", "soft-light", "hard-light", "vivid-light", "linear-light", "pin-light", "hard-mix",
    "difference", "exclusion", "subtract", "divide", "hue", "saturation", "color", "luminosity", "lighter", "behind",
    "erase", "source-atop", "source-in", "source-out", "destination-in", "destination-atop", "xor", "copy", "destination",
    "clear",
};

// Strides in bytes from row to row; a pixel's channels and a row's pixels lie side by side. mask may be null.
typedef struct {
    float *backdrop;
    ptrdiff_t backdrop_stride;
    const void *source;
    ptrdiff_t source_stride;
    const void *mask;
    ptrdiff_t mask_stride;
    int32_t width, height, mode, source_is_half, mask_is_half;
    float opacity;
} Blend;

INLINE Vector alpha_of(Vector v) {
    return __builtin_shufflevector(v, v, 3, 3, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11, 15, 15, 15, 15);
}

INLINE Vector least(Vector a, Vector b) { return a < b ? a : b; }
INLINE Vector most(Vector a, Vector b) { return a > b ? a : b; }
INLINE Vector between(Vector v, Vector low, Vector high) { return least(most(v, low), high); }
INLINE Vector magnitude(Vector v) { return __builtin_elementwise_abs(v); }

INLINE int keeps_above_one(Mode mode) {
    return mode == NORMAL || mode == DARKEN || mode == MULTIPLY || mode == LIGHTEN || mode == ADD || mode == DIFFERENCE ||
           mode == SUBTRACT;
}

// k·min(1, a / b); 0 where a is 0, k where b is 0 and a is not.
INLINE Vector part(Vector a, Vector b, Vector k) {
    Vector ratio = least(a / most(b, (Vector)1e-30f), (Vector)1.0f) * k;
    return a > 0.0f ? ratio : (Vector)0.0f;
}

INLINE Vector dodge(Vector x, Vector y, Vector k) { return part(x, k - y, k); }
INLINE Vector burn(Vector x, Vector y, Vector k) { return k - part(k - x, y, k); }

INLINE Vector soft_light(Vector x, Vector y, Vector k) {
    Vector inverse = k > 0.0f ? 1.0f / k : (Vector)0.0f;
    Vector cb = x * inverse, lift = 2.0f * y * inverse - 1.0f;
    Vector low = ((16.0f * cb - 12.0f) * cb + 4.0f) * cb;
    Vector curve = cb <= 0.25f ? low : __builtin_elementwise_sqrt(cb);
    return lift <= 0.0f ? x + lift * x * (1.0f - cb) : x + lift * (k * curve - x);
}

// m of the separable modes.
INLINE Vector formula(Mode mode, Vector x, Vector y, Vector k, Vector p) {
    switch (mode) {
    case DARKEN: return least(x, y);
    case MULTIPLY: return p;
    case COLOR_BURN: return burn(x, y, k);
    case LINEAR_BURN: return most(x + y - k, (Vector)0.0f);
    case LIGHTEN: return most(x, y);
    case SCREEN: return x + y - p;
    case COLOR_DODGE: return dodge(x, y, k);
    case ADD: return least(x + y, most(k, most(x, y)));
    case OVERLAY: return 2.0f * x <= k ? 2.0f * p : 2.0f * (x + y - p) - k;
    case SOFT_LIGHT: return soft_light(x, y, k);
    case HARD_LIGHT: return 2.0f * y <= k ? 2.0f * p : 2.0f * (x + y - p) - k;
    case VIVID_LIGHT: return 2.0f * y <= k ? burn(x, 2.0f * y, k) : dodge(x, 2.0f * y - k, k);
    case LINEAR_LIGHT: return between(x + 2.0f * y - k, (Vector)0.0f, k);
    case PIN_LIGHT: return most(least(x, 2.0f * y), 2.0f * y - k);
    case HARD_MIX: return x + y >= k ? k : (Vector)0.0f;
    case DIFFERENCE: return magnitude(x - y);
    case EXCLUSION: return x + y - 2.0f * p;
    case SUBTRACT: return most(x - y, (Vector)0.0f);
    case DIVIDE: return part(x, y, k);
    default: return y;
    }
}

INLINE Vector blended(Mode mode, Vector d, Vector s) {
    const Vector as = alpha_of(s), ab = alpha_of(d), k = as * ab;
    Vector dc = d, sc = s;
    if (!keeps_above_one(mode)) {
        dc = between(d, (Vector)0.0f, ab);
        sc = between(s, (Vector)0.0f, as);
    }
    Vector m = formula(mode, as * dc, ab * sc, k, dc * sc);
    const Choice is_alpha = {0, 0, 0, -1, 0, 0, 0, -1, 0, 0, 0, -1, 0, 0, 0, -1};
    m = is_alpha ? k : m;
    return d + s - as * d - ab * s + m;
}

INLINE Vector operated(Mode mode, Vector d, Vector s) {
    const Vector as = alpha_of(s), ab = alpha_of(d);
    switch (mode) {
    case LIGHTER: return most(d, least((Vector)1.0f, d + least(s, least(as, (Vector)1.0f))));
    case BEHIND: return d + s * (1.0f - ab);
    case ERASE: return d * (1.0f - as);
    case SOURCE_ATOP: return s * ab + d * (1.0f - as);
    case SOURCE_IN: return s * ab;
    case SOURCE_OUT: return s * (1.0f - ab);
    case DESTINATION_IN: return d * as;
    case DESTINATION_ATOP: return d * as + s * (1.0f - ab);
    case XOR: return s * (1.0f - ab) + d * (1.0f - as);
    case COPY: return s;
    case DESTINATION: return d;
    case CLEAR: return (Vector)0.0f;
    default: return d + s - as * d;  // normal
    }
}

// The modes that look at a whole colour. Written without branches, so that the compiler takes several pixels at once.

typedef struct { float red, green, blue; } Colour;

INLINE float lower(float a, float b) { return a < b ? a : b; }
INLINE float higher(float a, float b) { return a > b ? a : b; }
INLINE float luminosity(Colour c) { return 0.3f * c.red + 0.59f * c.green + 0.11f * c.blue; }
INLINE float lowest(Colour c) { return lower(c.red, lower(c.green, c.blue)); }
INLINE float highest(Colour c) { return higher(c.red, higher(c.green, c.blue)); }
INLINE float quotient(float a, float b) { return b > 0 ? a / b : 0; }

INLINE Colour towards(Colour c, float centre, float factor) {
    return (Colour){centre + (c.red - centre) * factor, centre + (c.green - centre) * factor,
                    centre + (c.blue - centre) * factor};
}

INLINE Colour with_luminosity(Colour c, float wanted) {
    const float change = wanted - luminosity(c);
    c = (Colour){c.red + change, c.green + change, c.blue + change};
    const float low = lowest(c), high = highest(c);
    c = towards(c, wanted, low < 0 ? quotient(wanted, wanted - low) : 1);
    return towards(c, wanted, high > 1 ? quotient(1 - wanted, high - wanted) : 1);
}

INLINE Colour with_saturation(Colour c, float wanted) {
    const float low = lowest(c), factor = quotient(wanted, highest(c) - low);
    return (Colour){(c.red - low) * factor, (c.green - low) * factor, (c.blue - low) * factor};
}

INLINE Colour chosen(int first, Colour a, Colour b) {
    return (Colour){first ? a.red : b.red, first ? a.green : b.green, first ? a.blue : b.blue};
}

INLINE Colour coloured(Mode mode, Colour b, Colour s) {
    switch (mode) {
    case HUE: return with_luminosity(with_saturation(s, highest(b) - lowest(b)), luminosity(b));
    case SATURATION: return with_luminosity(with_saturation(b, highest(s) - lowest(s)), luminosity(b));
    case COLOR: return with_luminosity(s, luminosity(b));
    case LUMINOSITY: return with_luminosity(b, luminosity(s));
    case DARKER_COLOR: return chosen(luminosity(s) <= luminosity(b), s, b);
    default: return chosen(luminosity(s) >= luminosity(b), s, b);  // lighter colour
    }
}

INLINE float unit(float v) { return lower(higher(v, 0.0f), 1.0f); }

INLINE Colour straight(const float *pixel) {
    const float inverse = quotient(1.0f, pixel[3]);
    return (Colour){unit(pixel[0] * inverse), unit(pixel[1] * inverse), unit(pixel[2] * inverse)};
}

INLINE void colour_pixels(Mode mode, float *restrict backdrop, const float *restrict source, int count) {
    for (int i = 0; i < count; i++) {
        float *d = backdrop + 4 * i;
        const float *s = source + 4 * i;
        const float as = s[3], ab = d[3], k = as * ab;
        const Colour c = coloured(mode, straight(d), straight(s));
        d[0] += s[0] - as * d[0] - ab * s[0] + k * c.red;
        d[1] += s[1] - as * d[1] - ab * s[1] + k * c.green;
        d[2] += s[2] - as * d[2] - ab * s[2] + k * c.blue;
        d[3] = as + ab - k;
    }
}

// One segment of at most SEGMENT pixels; source is padded to whole vectors.

INLINE void put(Mode mode, float *backdrop, const Vector *source, int count) {
    if ((mode >= HUE && mode <= LUMINOSITY) || mode == DARKER_COLOR || mode == LIGHTER_COLOR) {
        colour_pixels(mode, backdrop, (const float *)source, count);
        return;
    }
    for (int i = 0; i < count; i += PIXELS, backdrop += LANES, source++) {
        Vector d;
        const size_t bytes = (size_t)(count - i < PIXELS ? count - i : PIXELS) * 4 * sizeof(float);
        if (bytes == sizeof d) {
            memcpy(&d, backdrop, sizeof d);
        } else {
            d = (Vector)0.0f;
            memcpy(&d, backdrop, bytes);
        }
        d = mode == NORMAL || mode >= LIGHTER ? operated(mode, d, *source) : blended(mode, d, *source);
        if (bytes == sizeof d) memcpy(backdrop, &d, sizeof d);
        else memcpy(backdrop, &d, bytes);
    }
}

typedef void (*Put)(float *, const Vector *, int);

#define EACH(X)                                                                                                        \
    X(NORMAL) X(DARKEN) X(MULTIPLY) X(COLOR_BURN) X(LINEAR_BURN) X(DARKER_COLOR) X(LIGHTEN) X(SCREEN) X(COLOR_DODGE)   \
    X(ADD) X(LIGHTER_COLOR) X(OVERLAY) X(SOFT_LIGHT) X(HARD_LIGHT) X(VIVID_LIGHT) X(LINEAR_LIGHT) X(PIN_LIGHT)         \
    X(HARD_MIX) X(DIFFERENCE) X(EXCLUSION) X(SUBTRACT) X(DIVIDE) X(HUE) X(SATURATION) X(COLOR) X(LUMINOSITY)           \
    X(LIGHTER) X(BEHIND) X(ERASE) X(SOURCE_ATOP) X(SOURCE_IN) X(SOURCE_OUT) X(DESTINATION_IN) X(DESTINATION_ATOP)      \
    X(XOR) X(COPY) X(DESTINATION) X(CLEAR)
#define FUNCTION(MODE) static void put_##MODE(float *b, const Vector *s, int n) { put(MODE, b, s, n); }
#define ENTRY(MODE) [MODE] = put_##MODE,
EACH(FUNCTION)
static const Put PUT[MODES] = {EACH(ENTRY)};

// The source's pixels as single floats, times opacity and mask; what lies behind the last pixel is 0.

static void load(Vector *out, const Blend *blend, const char *source, const char *mask, int count) {
    const int vectors = (count + PIXELS - 1) / PIXELS;
    if (count % PIXELS) out[vectors - 1] = (Vector)0.0f;
    if (blend->source_is_half) {
        for (int i = 0; i < count / PIXELS; i++) {
            Half16 half;
            memcpy(&half, source + i * sizeof half, sizeof half);
            out[i] = __builtin_convertvector(half, Vector);
        }
        if (count % PIXELS) {
            Half16 half = (Half16)0;
            memcpy(&half, source + (vectors - 1) * sizeof half, (size_t)(count % PIXELS) * 8);
            out[vectors - 1] = __builtin_convertvector(half, Vector);
        }
    } else {
        memcpy(out, source, (size_t)count * 16);
    }
    if (blend->opacity != 1.0f)
        for (int i = 0; i < vectors; i++) out[i] *= blend->opacity;
    if (!mask) return;
    for (int i = 0; i < vectors; i++) {
        const int left = count - i * PIXELS < PIXELS ? count - i * PIXELS : PIXELS;
        Vector4 m = (Vector4)0.0f;
        if (blend->mask_is_half) {
            Half4 half = (Half4)0;
            memcpy(&half, mask + i * sizeof half, (size_t)left * 2);
            m = __builtin_convertvector(half, Vector4);
        } else {
            memcpy(&m, mask + i * sizeof m, (size_t)left * 4);
        }
        out[i] *= __builtin_shufflevector(m, m, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
    }
}

static int same_pixels(const Blend *one, const Blend *other) {
    return one->backdrop == other->backdrop && one->backdrop_stride == other->backdrop_stride &&
           one->width == other->width && one->height == other->height;
}

// Several on the same pixels, segment by segment: a segment of the backdrop stays in the cache until all lie on it.
static void put_on_each_other(const Blend *blends, int32_t count) {
    Vector segment[SEGMENT / PIXELS];
    for (int32_t y = 0; y < blends->height; y++) {
        for (int32_t x = 0; x < blends->width; x += SEGMENT) {
            const int pixels = blends->width - x < SEGMENT ? blends->width - x : SEGMENT;
            float *backdrop = (float *)((char *)blends->backdrop + y * blends->backdrop_stride + (ptrdiff_t)x * 16);
            for (const Blend *blend = blends; blend < blends + count; blend++) {
                const char *source = (const char *)blend->source + y * blend->source_stride;
                const char *mask = blend->mask ? (const char *)blend->mask + y * blend->mask_stride : NULL;
                if (mask) mask += x * (blend->mask_is_half ? 2 : 4);
                load(segment, blend, source + x * (blend->source_is_half ? 8 : 16), mask, pixels);
                PUT[blend->mode](backdrop, segment, pixels);
            }
        }
    }
}

// Puts the sources in their order.
EXPORT void danqing_blend(const Blend *blends, int32_t count) {
    for (int32_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && same_pixels(blends + first, blends + end);) end++;
        put_on_each_other(blends + first, end - first);
    }
}

// The number of a mode by its name, or −1.
EXPORT int32_t danqing_mode(const char *name) {
    for (int32_t i = 0; i < MODES; i++)
        if (!strcmp(NAMES[i], name)) return i;
    return -1;
}
