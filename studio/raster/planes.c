// Premultiplied RGBA taken apart into straight planes and put together again: what a filter on colours does before and after.

#include <stddef.h>
#include <stdint.h>

#define EXPORT __attribute__((visibility("default")))

enum { SEGMENT = 64 };

static const float LARGEST = 65504.0f;

// Not-a-number counts as 0, what lies beyond the half floats as the largest of them.
static inline float finite(float value) {
    value = value == value ? value : 0.0f;
    value = value < -LARGEST ? -LARGEST : value;
    return value > LARGEST ? LARGEST : value;
}

// One segment; a division by an alpha of 1 would change nothing.
static inline void taken(const float *restrict pixels, float *restrict red, float *restrict green, float *restrict blue,
                        float *restrict alpha, int count) {
    int transparent = 0;
    for (int i = 0; i < count; i++) {
        alpha[i] = finite(pixels[4 * i + 3]);
        transparent |= alpha[i] != 1.0f;
    }
    if (!transparent) {
        for (int i = 0; i < count; i++) {
            red[i] = finite(pixels[4 * i]);
            green[i] = finite(pixels[4 * i + 1]);
            blue[i] = finite(pixels[4 * i + 2]);
        }
        return;
    }
    for (int i = 0; i < count; i++) {
        const int seen = alpha[i] > 0.0f;
        const float divisor = seen ? alpha[i] : 1.0f;
        red[i] = seen ? finite(pixels[4 * i] / divisor) : 0.0f;
        green[i] = seen ? finite(pixels[4 * i + 1] / divisor) : 0.0f;
        blue[i] = seen ? finite(pixels[4 * i + 2] / divisor) : 0.0f;
        alpha[i] = seen ? alpha[i] : 0.0f;
    }
}

// Straight red, green, blue and alpha planes in one piece, all finite; transparent pixels are black. The stride is in bytes.
EXPORT void danqing_take_apart(const char *pixels, ptrdiff_t stride, int32_t width, int32_t height, float *planes) {
    const ptrdiff_t size = (ptrdiff_t)width * height;
    for (int32_t y = 0; y < height; y++) {
        const float *row = (const float *)(pixels + y * stride);
        for (int32_t x = 0; x < width; x += SEGMENT) {
            float *to = planes + (ptrdiff_t)y * width + x;
            const int count = width - x < SEGMENT ? width - x : SEGMENT;
            taken(row + (ptrdiff_t)4 * x, to, to + size, to + 2 * size, to + 3 * size, count);
        }
    }
}

// The inverse: colours, which are made finite, times alpha. The planes lie in one piece each, and may be the same ones.
EXPORT void danqing_put_together(const float *red, const float *green, const float *blue, const float *alpha, char *pixels,
                                 ptrdiff_t stride, int32_t width, int32_t height) {
    for (int32_t y = 0; y < height; y++) {
        float *restrict row = (float *)(pixels + y * stride);
        const ptrdiff_t from = (ptrdiff_t)y * width;
        for (int32_t x = 0; x < width; x++) {
            const float part = alpha[from + x];
            row[4 * x] = finite(red[from + x]) * part;
            row[4 * x + 1] = finite(green[from + x]) * part;
            row[4 * x + 2] = finite(blue[from + x]) * part;
            row[4 * x + 3] = part;
        }
    }
}
