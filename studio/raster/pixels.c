// Pixels made smaller and made half floats: what opening a picture and showing it small spend their time on.

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define EXPORT __attribute__((visibility("default")))

enum { SEGMENT = 64 };

static void widened(float *out, const void *source, int is_half, int count) {
    if (!is_half) {
        memcpy(out, source, (size_t)count * sizeof *out);
        return;
    }
    const _Float16 *halves = source;
    for (int i = 0; i < count; i++) out[i] = (float)halves[i];
}

// One row of means: the sums of two pixels beside each other in two rows, a quarter of it.
static void mean_row(float *out, const float *upper, const float *lower, int count, int channels) {
    if (channels == 4) {
        for (int i = 0; i < count; i++)
            for (int c = 0; c < 4; c++)
                out[4 * i + c] = ((upper[8 * i + c] + upper[8 * i + 4 + c]) + (lower[8 * i + c] + lower[8 * i + 4 + c])) * 0.25f;
    } else {
        for (int i = 0; i < count; i++)
            out[i] = ((upper[2 * i] + upper[2 * i + 1]) + (lower[2 * i] + lower[2 * i + 1])) * 0.25f;
    }
}

// Means of 2×2 pixels of 1 or 4 channels, half or single floats. width and height are those of the result; strides in bytes.
EXPORT void danqing_halve(const void *source, ptrdiff_t source_stride, void *target, ptrdiff_t target_stride, int32_t width,
                          int32_t height, int32_t channels, int32_t is_half) {
    float upper[2 * SEGMENT * 4], lower[2 * SEGMENT * 4], mean[SEGMENT * 4];
    const int size = is_half ? 2 : 4;
    for (int32_t y = 0; y < height; y++) {
        const char *row = (const char *)source + 2 * y * source_stride;
        char *out = (char *)target + y * target_stride;
        for (int32_t x = 0; x < width; x += SEGMENT) {
            const int count = width - x < SEGMENT ? width - x : SEGMENT, values = count * channels;
            const ptrdiff_t place = (ptrdiff_t)2 * x * channels * size;
            widened(upper, row + place, is_half, 2 * values);
            widened(lower, row + source_stride + place, is_half, 2 * values);
            mean_row(mean, upper, lower, count, channels);
            char *to = out + (ptrdiff_t)x * channels * size;
            if (is_half) {
                _Float16 *halves = (_Float16 *)to;
                for (int i = 0; i < values; i++) halves[i] = (_Float16)mean[i];
            } else {
                memcpy(to, mean, (size_t)values * sizeof *mean);
            }
        }
    }
}

// Premultiplied RGBA in floats to bytes in the order BGRA, rounded to nearest even, no colour above its alpha.

typedef float Vector __attribute__((ext_vector_type(16)));
typedef int32_t Whole __attribute__((ext_vector_type(16)));
typedef uint8_t Bytes __attribute__((ext_vector_type(16)));

static Bytes viewed(Vector four) {
    four = four > 0.0f ? four : (Vector)0.0f;  // nothing where it is no number
    four *= 255.0f;
    four = four < 255.0f ? four : (Vector)255.0f;
    const Bytes eight = __builtin_convertvector(__builtin_convertvector(__builtin_elementwise_rint(four), Whole), Bytes);
    const Bytes alpha = __builtin_shufflevector(eight, eight, 3, 3, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11, 15, 15, 15, 15);
    const Bytes turned = __builtin_shufflevector(eight, eight, 2, 1, 0, 3, 6, 5, 4, 7, 10, 9, 8, 11, 14, 13, 12, 15);
    return __builtin_elementwise_min(turned, alpha);
}

EXPORT void danqing_view(const char *source, ptrdiff_t source_stride, uint8_t *target, ptrdiff_t target_stride, int32_t width,
                         int32_t height) {
    for (int32_t y = 0; y < height; y++, source += source_stride, target += target_stride) {
        for (int32_t x = 0; x < width; x += 4) {
            const size_t count = (size_t)(width - x < 4 ? width - x : 4);
            Vector four = 0.0f;
            if (count == 4) memcpy(&four, source + (ptrdiff_t)x * 16, sizeof four);
            else memcpy(&four, source + (ptrdiff_t)x * 16, count * 16);
            const Bytes bytes = viewed(four);
            if (count == 4) memcpy(target + (ptrdiff_t)x * 4, &bytes, sizeof bytes);
            else memcpy(target + (ptrdiff_t)x * 4, &bytes, count * 4);
        }
    }
}

// Straight 8-bit RGBA to premultiplied halves through a table [alpha][value], which makes every pair exact. The last row of
// the table, alpha 255, is that of the alpha channel itself. Returns whether any alpha is above 0.
EXPORT int32_t danqing_half_of_straight(const uint8_t *source, ptrdiff_t source_stride, uint16_t *target,
                                        ptrdiff_t target_stride, int32_t width, int32_t height, const uint16_t *table) {
    const uint16_t *alphas = table + 255 * 256;
    unsigned any = 0;
    for (int32_t y = 0; y < height; y++) {
        const uint8_t *from = source + y * source_stride;
        uint16_t *to = (uint16_t *)((char *)target + y * target_stride);
        for (int32_t x = 0; x < width; x++, from += 4, to += 4) {
            const uint16_t *row = table + (size_t)from[3] * 256;
            any |= from[3];
            to[0] = row[from[0]];
            to[1] = row[from[1]];
            to[2] = row[from[2]];
            to[3] = alphas[from[3]];
        }
    }
    return any != 0;
}

// Values of one row segment times the share of their pixel, in the type of the picture. Returns the bits of all of them or-ed.
static inline uint32_t shared(void *restrict to, const float *restrict values, const float *restrict shares, int is_half, int count) {
    float made[SEGMENT * 4];
    uint32_t bits = 0;
    for (int i = 0; i < count; i++)
        for (int c = 0; c < 4; c++) made[4 * i + c] = values[4 * i + c] * shares[i];
    if (is_half) {
        _Float16 *restrict halves = to;
        const uint16_t *written = to;
        for (int i = 0; i < 4 * count; i++) halves[i] = (_Float16)made[i];
        for (int i = 0; i < 4 * count; i++) bits |= written[i];
    } else {
        const uint32_t *written = to;
        memcpy(to, made, (size_t)(4 * count) * sizeof *made);
        for (int i = 0; i < 4 * count; i++) bits |= written[i];
    }
    return bits;
}

// Pixels of 4 channels shared out: "taken" is pixel·share, "left" pixel·(1 − share), of the type of the source. Returns 1 where
// anything was taken, plus 2 where anything was left.
EXPORT int32_t danqing_share(const char *source, const float *share, char *taken, char *left, int32_t pixels, int32_t is_half) {
    float values[SEGMENT * 4], rest[SEGMENT];
    uint32_t any_taken = 0, any_left = 0;
    const ptrdiff_t size = is_half ? 8 : 16;
    for (int32_t first = 0; first < pixels; first += SEGMENT) {
        const int count = pixels - first < SEGMENT ? pixels - first : SEGMENT;
        widened(values, source + first * size, is_half, 4 * count);
        for (int i = 0; i < count; i++) rest[i] = 1.0f - share[first + i];
        any_taken |= shared(taken + first * size, values, share + first, is_half, count);
        any_left |= shared(left + first * size, values, rest, is_half, count);
    }
    return (any_taken != 0) + 2 * (any_left != 0);
}

static inline uint8_t paeth(int left, int above, int corner) {
    const int towards_left = above - corner, towards_above = left - corner;
    const int from_left = towards_left < 0 ? -towards_left : towards_left;
    const int from_above = towards_above < 0 ? -towards_above : towards_above;
    const int both = towards_left + towards_above, from_corner = both < 0 ? -both : both;
    if (from_left <= from_above && from_left <= from_corner) return (uint8_t)left;
    return (uint8_t)(from_above <= from_corner ? above : corner);
}

// One row; a constant number of bytes per pixel keeps the pixel to the left in registers.
static inline __attribute__((always_inline)) void unfiltered_row(int filter, uint8_t *restrict row, const uint8_t *restrict above,
                                                                 ptrdiff_t bytes, int pixel) {
    uint8_t left[8] = {0}, corner[8] = {0};
    switch (filter) {
    case 1:
        for (ptrdiff_t i = 0; i < bytes; i += pixel)
            for (int c = 0; c < pixel; c++) row[i + c] = left[c] = (uint8_t)(row[i + c] + left[c]);
        break;
    case 2:
        for (ptrdiff_t i = 0; i < bytes; i++) row[i] = (uint8_t)(row[i] + above[i]);
        break;
    case 3:
        for (ptrdiff_t i = 0; i < bytes; i += pixel)
            for (int c = 0; c < pixel; c++) row[i + c] = left[c] = (uint8_t)(row[i + c] + (left[c] + above[i + c]) / 2);
        break;
    case 4:
        for (ptrdiff_t i = 0; i < bytes; i += pixel)
            for (int c = 0; c < pixel; c++) {
                row[i + c] = left[c] = (uint8_t)(row[i + c] + paeth(left[c], above[i + c], corner[c]));
                corner[c] = above[i + c];
            }
        break;
    }
}

// Filtered rows of a PNG (a byte for the filter, then whole pixels) become pixels in place: PNG specification, 9.2.
// "before" is the row above the first, without its filter byte. Returns the number of rows done: fewer where a filter is unknown.
EXPORT int32_t danqing_png_unfilter(uint8_t *rows, ptrdiff_t stride, int32_t count, int32_t pixel, const uint8_t *before) {
    const ptrdiff_t bytes = stride - 1;
    for (int32_t y = 0; y < count; y++) {
        uint8_t *row = rows + y * stride + 1;
        const uint8_t *above = y ? row - stride : before;
        const int filter = row[-1];
        if (filter > 4) return y;
        switch (pixel) {
        case 1: unfiltered_row(filter, row, above, bytes, 1); break;
        case 2: unfiltered_row(filter, row, above, bytes, 2); break;
        case 3: unfiltered_row(filter, row, above, bytes, 3); break;
        case 4: unfiltered_row(filter, row, above, bytes, 4); break;
        case 6: unfiltered_row(filter, row, above, bytes, 6); break;
        case 8: unfiltered_row(filter, row, above, bytes, 8); break;
        default: return 0;
        }
    }
    return count;
}
