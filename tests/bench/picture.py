"""picture.py: times over sizes, both on logarithmic axes, as SVG."""

import math

WIDTH, HEIGHT, LEFT, TOP = 640, 420, 70, 30
RIGHT, BOTTOM = WIDTH - 30, HEIGHT - 60
COLOURS = ["#0b6e4f", "#3a5ba0", "#b3541e", "#7b2d5e"]


def place(value, low, high, begin, end):
    """Where a logarithm lies between two ends of an axis."""
    return begin + (math.log10(value) - low) / (high - low) * (end - begin)


def axis(low, high, draw):
    return "".join(draw(10 ** n) for n in range(low, high + 1))


def growth(lines):
    """{name: (points, slope)} as a picture; points are (size, microseconds)."""
    sizes = [x for points, _ in lines.values() for x, _ in points]
    times = [y for points, _ in lines.values() for _, y in points]
    xs = math.floor(math.log10(min(sizes))), math.ceil(math.log10(max(sizes)))
    ys = math.floor(math.log10(min(times))), math.ceil(math.log10(max(times)))

    def at(x, y):
        return (f"{place(x, *xs, LEFT, RIGHT):.1f},"
                f"{place(y, *ys, BOTTOM, TOP):.1f}")

    def column(x):
        px = place(x, *xs, LEFT, RIGHT)
        return (f'<path d="M{px:.1f} {TOP}V{BOTTOM}"/><text x="{px:.1f}" '
                f'y="{BOTTOM + 18}" text-anchor="middle">{x:,}</text>')

    def row(y):
        py = place(y, *ys, BOTTOM, TOP)
        return (f'<path d="M{LEFT} {py:.1f}H{RIGHT}"/><text x="{LEFT - 8}" '
                f'y="{py + 4:.1f}" text-anchor="end">{y:,} µs</text>')

    drawn = []
    for n, (name, (points, slope)) in enumerate(lines.items()):
        colour = COLOURS[n % len(COLOURS)]
        path = " ".join(at(*point) for point in points)
        dots = "".join(
            '<circle cx="{}" cy="{}" r="3"/>'.format(*at(*p).split(","))
            for p in points)
        drawn.append(
            f'<g fill="{colour}" stroke="none"><polyline points="{path}" '
            f'fill="none" stroke="{colour}" stroke-width="2"/>{dots}'
            f'<text x="{LEFT + 12}" y="{TOP + 18 * (n + 1)}">{name}: '
            f'slope {slope:.3f}</text></g>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} '
        f'{HEIGHT}" font-family="sans-serif" font-size="12">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>'
        f'<g stroke="#ddd" fill="none">'
        + (axis(*xs, column) + axis(*ys, row)).replace(
            "<text", '<text stroke="none" fill="#333"')
        + f'</g>{"".join(drawn)}<text x="{WIDTH // 2}" y="{HEIGHT - 14}" '
        'text-anchor="middle">comments (of the thread, or of the database in '
        'threads of 100)</text></svg>\n')
