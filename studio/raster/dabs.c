// Small dabs laid one after the other, where a call from Python for each would cost more than its pixels; and what a stroke has
// built up laid on the layer.

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define EXPORT __attribute__((visibility("default")))

enum { PLACES = 8, STEPS = 8 };

static const double NUDGE = 1e-6;

// Number of the place nearest to ``at``, eight to a pixel.
static inline int64_t placed(double at) { return (int64_t)__builtin_floor(at * PLACES + 0.5 + NUDGE); }

// Each dab takes what of the plane is above its floor, 1 − level, down by the factor 1 − flow · print. The plane's first value
// is that of the pixel (left, top); stride in bytes. prints[radius · 8 − first]: [8 · 8, side, side] with side = 2 · reach + 1;
// of those that are sharp, a dab takes what is above 1 − level · print down by the factor 1 − flow.
EXPORT void danqing_lay_dabs(char *plane, ptrdiff_t stride, int32_t left, int32_t top, int32_t count, const double *x,
                             const double *y, const double *radius, const float *flow, const float *level, int32_t first,
                             const float *const *prints, const int32_t *reaches, const uint8_t *sharp) {
    for (int32_t dab = 0; dab < count; dab++) {
        const int64_t across = placed(x[dab]), down = placed(y[dab]);
        const ptrdiff_t column = (ptrdiff_t)(across >> 3), row = (ptrdiff_t)(down >> 3);
        const int steps = (int)__builtin_rint(radius[dab] * STEPS), size = (steps > 1 ? steps : 1) - first;
        const int reach = reaches[size], side = 2 * reach + 1;
        const int at = (int)(down & (PLACES - 1)) * PLACES + (int)(across & (PLACES - 1));
        const float *print = prints[size] + (ptrdiff_t)at * side * side;
        const float added = flow[dab], floor = 1.0f - level[dab];
        char *corner = plane + (row - reach - top) * stride + (column - reach - left) * (ptrdiff_t)sizeof(float);
        for (int j = 0; j < side; j++, print += side) {
            float *values = (float *)(corner + j * stride);
            if (sharp[size]) {
                for (int i = 0; i < side; i++) {
                    const float lowest = 1.0f - level[dab] * print[i], lowered = values[i] + added * (lowest - values[i]);
                    values[i] = lowered < values[i] ? lowered : values[i];
                }
                continue;
            }
            if (floor <= 0) {
                for (int i = 0; i < side; i++) values[i] *= 1.0f - added * print[i];
                continue;
            }
            for (int i = 0; i < side; i++) {
                const float lowered = (values[i] - floor) * (1.0f - added * print[i]) + floor;
                values[i] = lowered < values[i] ? lowered : values[i];  // below the floor it is above the old value
            }
        }
    }
}

// A colour laid on premultiplied RGBA, halves or floats: old · (1 − cover) + (colour, 1) · cover. ``old`` may be null for
// transparent pixels.

typedef float Pixel __attribute__((ext_vector_type(4)));
typedef _Float16 HalfPixel __attribute__((ext_vector_type(4)));

EXPORT void danqing_lay_colour(char *target, ptrdiff_t stride, const char *old, ptrdiff_t old_stride, const char *cover,
                               ptrdiff_t cover_stride, int32_t width, int32_t height, int32_t is_half, float red,
                               float green, float blue) {
    const Pixel colour = {red, green, blue, 1.0f};
    for (int32_t y = 0; y < height; y++, target += stride, cover += cover_stride) {
        const float *covered = (const float *)cover;
        const char *under = old ? old + y * old_stride : NULL;
        for (int32_t x = 0; x < width; x++) {
            HalfPixel half;
            Pixel pixel = 0.0f;
            if (under && is_half) {
                memcpy(&half, under + (ptrdiff_t)x * 8, sizeof half);
                pixel = __builtin_convertvector(half, Pixel);
            } else if (under) {
                memcpy(&pixel, under + (ptrdiff_t)x * 16, sizeof pixel);
            }
            pixel = pixel * (1.0f - covered[x]) + colour * covered[x];
            if (is_half) {
                half = __builtin_convertvector(pixel + 0.0f, HalfPixel);  // no negative zeros
                memcpy(target + (ptrdiff_t)x * 8, &half, sizeof half);
            } else {
                memcpy(target + (ptrdiff_t)x * 16, &pixel, sizeof pixel);
            }
        }
    }
}
