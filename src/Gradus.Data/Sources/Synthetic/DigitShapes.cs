namespace Gradus.Data;

/// <summary>A style of writing a digit.</summary>
/// <param name="Digit">The digit, 0 to 9.</param>
/// <param name="Weight">The relative frequency among the styles of this digit.</param>
/// <param name="Strokes">
/// For each stroke the points of a smooth curve, as x, y, x, y …, in a box of about 100 × 100 with y downwards. A repeated point is a corner.
/// </param>
internal sealed record DigitShape(int Digit, int Weight, int[][] Strokes);

/// <summary>The styles in which people write digits.</summary>
internal static class DigitShapes
{
    public static readonly DigitShape[] All =
    [
        // Round, started at the top.
        new(0, 4, [[55, 2, 28, 10, 12, 48, 22, 88, 50, 100, 78, 86, 90, 48, 76, 12, 50, 2]]),
        // Narrow.
        new(0, 3, [[56, 2, 36, 14, 26, 50, 32, 86, 50, 99, 68, 84, 75, 48, 66, 14, 52, 3]]),
        // The end runs past the beginning, over it.
        new(0, 2, [[62, 10, 34, 10, 14, 46, 20, 86, 48, 100, 78, 84, 88, 46, 72, 12, 50, 4, 38, 12]]),
        // Wide, almost a circle.
        new(0, 3, [[54, 4, 22, 10, 4, 48, 20, 88, 52, 98, 84, 84, 98, 46, 80, 12, 48, 3]]),
        // Left open at the top.
        new(0, 2, [[40, 4, 20, 26, 12, 60, 30, 96, 60, 98, 84, 70, 86, 32, 74, 8, 64, 2]]),

        // A plain stroke.
        new(1, 8, [[54, 0, 51, 34, 49, 67, 46, 100]]),
        // Slightly bent.
        new(1, 2, [[56, 0, 48, 34, 48, 66, 53, 100]]),
        // With a serif.
        new(1, 2, [[34, 20, 46, 10, 54, 0, 54, 0, 53, 50, 52, 100]]),
        // With a serif and a base.
        new(1, 1, [[32, 22, 44, 12, 54, 0, 54, 0, 54, 50, 54, 97], [24, 98, 54, 97, 84, 97]]),

        // Sharp at the foot.
        new(2, 3, [[14, 22, 32, 4, 60, 2, 78, 20, 70, 46, 40, 76, 8, 98, 8, 98, 50, 96, 92, 98]]),
        // With a loop at the foot.
        new(2, 4, [[14, 20, 34, 3, 64, 4, 78, 28, 64, 62, 38, 90, 14, 98, 8, 86, 24, 78, 52, 90, 94, 94]]),
        // A flat loop and a wave for a base.
        new(2, 2, [[20, 14, 46, 0, 70, 14, 66, 46, 40, 80, 12, 96, 12, 96, 30, 84, 56, 94, 92, 88]]),
        // A big loop and a small head.
        new(2, 2, [[22, 18, 44, 2, 68, 14, 64, 44, 44, 78, 18, 92, 6, 76, 26, 66, 52, 84, 96, 98]]),
        // Like a Z with a round shoulder and a long base.
        new(2, 2, [[22, 10, 46, 2, 68, 6, 70, 24, 48, 56, 20, 92, 20, 92, 56, 92, 98, 92]]),
        // A long flat base under a small head.
        new(2, 2, [[16, 26, 34, 8, 56, 8, 60, 28, 40, 58, 10, 84, 10, 84, 50, 84, 100, 90]]),
        // Round at the foot.
        new(2, 1, [[12, 28, 26, 6, 58, 0, 80, 18, 74, 46, 44, 68, 18, 88, 30, 98, 62, 98, 92, 94]]),

        // Two bows.
        new(3, 4, [[16, 12, 44, 0, 74, 14, 68, 38, 42, 47, 42, 47, 76, 58, 82, 82, 50, 100, 12, 90]]),
        // A flat roof.
        new(3, 2, [[16, 5, 46, 4, 78, 4, 78, 4, 62, 22, 44, 40, 44, 40, 74, 50, 82, 76, 54, 98, 12, 92]]),
        // A slanting roof, the lower bow hanging below it.
        new(3, 2, [[22, 10, 50, 4, 82, 2, 82, 2, 62, 24, 40, 44, 40, 44, 64, 50, 70, 74, 44, 96, 8, 98]]),
        // A small loop between the bows.
        new(3, 2, [[18, 8, 48, 0, 76, 14, 66, 38, 42, 48, 36, 42, 46, 40, 74, 54, 82, 80, 54, 100, 14, 94]]),
        // The upper bow is small.
        new(3, 2, [[24, 8, 48, 0, 66, 12, 60, 30, 40, 38, 40, 38, 74, 46, 86, 72, 60, 98, 16, 94]]),

        // Open: a corner, then the long stroke.
        new(4, 3, [[26, 4, 18, 30, 10, 60, 10, 60, 46, 62, 78, 56], [80, 6, 72, 52, 62, 100]]),
        // Open and round.
        new(4, 2, [[24, 2, 12, 28, 18, 50, 42, 54, 72, 44], [84, 2, 76, 48, 64, 100]]),
        // Closed: pointed at the top.
        new(4, 2, [[64, 0, 40, 28, 8, 62, 8, 62, 50, 64, 94, 62], [66, 0, 64, 50, 62, 100]]),
        // The bar runs across the long stroke.
        new(4, 4, [[30, 2, 20, 26, 6, 52, 6, 52, 50, 54, 98, 48], [72, 18, 66, 56, 60, 100]]),
        // A wide, flat corner and a short stroke through it.
        new(4, 2, [[22, 14, 12, 40, 4, 66, 4, 66, 46, 62, 92, 58], [72, 30, 66, 60, 58, 96]]),

        // The hat written last.
        new(5, 4, [[32, 6, 28, 24, 24, 44, 24, 44, 50, 40, 74, 56, 72, 82, 46, 99, 10, 90], [32, 6, 62, 5, 94, 2]]),
        // In one go.
        new(5, 2, [[88, 2, 58, 4, 32, 6, 32, 6, 28, 24, 26, 42, 26, 42, 52, 42, 74, 60, 68, 86, 40, 100, 10, 92]]),
        // Like an S.
        new(5, 2, [[92, 4, 58, 3, 32, 16, 36, 38, 62, 54, 72, 76, 50, 98, 10, 94]]),
        // A long hat over a small belly.
        new(5, 3, [[34, 10, 30, 26, 24, 46, 24, 46, 46, 48, 60, 62, 50, 88, 26, 98, 6, 88], [34, 10, 66, 8, 100, 2]]),
        // Slim, with a short belly.
        new(5, 2, [[40, 6, 36, 24, 32, 42, 32, 42, 54, 46, 68, 62, 60, 88, 34, 100, 14, 90], [40, 6, 66, 4, 94, 0]]),
        // Round: the back is short and the belly wide.
        new(5, 2, [[26, 4, 20, 18, 16, 34, 16, 34, 50, 32, 84, 48, 86, 76, 56, 100, 14, 96], [26, 4, 50, 3, 78, 2]]),

        // A round loop.
        new(6, 3, [[68, 0, 38, 22, 16, 58, 22, 92, 52, 100, 76, 82, 66, 60, 40, 58, 20, 80]]),
        // A straight back and a small loop.
        new(6, 3, [[58, 0, 36, 30, 20, 66, 26, 94, 50, 98, 66, 82, 58, 66, 40, 68, 24, 88]]),
        // Wide.
        new(6, 2, [[76, 4, 42, 10, 14, 46, 16, 86, 48, 100, 82, 88, 84, 62, 54, 54, 22, 70]]),
        // A long stem on the left and a loop to the right.
        new(6, 4, [[40, 0, 20, 30, 10, 64, 26, 92, 58, 98, 86, 84, 84, 60, 58, 56, 34, 74, 26, 90]]),
        // A stem, and a loop that starts far to the right.
        new(6, 2, [[32, 0, 18, 36, 12, 74, 34, 98, 68, 94, 82, 70, 64, 54, 40, 70, 32, 94]]),
        // The loop is big and the stem short.
        new(6, 2, [[60, 0, 34, 16, 14, 52, 22, 90, 54, 99, 84, 80, 80, 48, 52, 40, 24, 58, 18, 76]]),
        // The loop goes on upwards.
        new(6, 2, [[50, 0, 28, 30, 18, 66, 32, 98, 58, 92, 68, 66, 50, 54, 32, 68, 28, 86]]),

        // A roof and a slanting leg.
        new(7, 4, [[10, 10, 48, 7, 84, 4, 84, 4, 64, 46, 46, 100]]),
        // With a bar.
        new(7, 3, [[12, 8, 48, 6, 84, 4, 84, 4, 62, 48, 46, 100], [34, 52, 56, 50, 82, 48]]),
        // A hook at the beginning.
        new(7, 3, [[10, 24, 16, 8, 16, 8, 50, 8, 82, 4, 82, 4, 68, 44, 56, 100]]),
        // A deep hook on the left of a narrow roof.
        new(7, 2, [[22, 34, 22, 12, 22, 12, 50, 8, 76, 4, 76, 4, 68, 48, 60, 100]]),
        // A short roof with the leg nearly upright.
        new(7, 2, [[20, 14, 46, 10, 74, 4, 74, 4, 70, 46, 62, 100]]),
        // With a bar, round at the shoulder.
        new(7, 2, [[12, 14, 36, 6, 70, 4, 80, 16, 64, 50, 46, 100], [30, 56, 54, 52, 84, 48]]),
        // Round at the shoulder.
        new(7, 3, [[10, 16, 32, 4, 66, 2, 82, 14, 68, 48, 54, 100]]),

        // One line that crosses itself.
        new(8, 4, [[74, 14, 46, 0, 22, 16, 36, 40, 68, 62, 74, 88, 48, 100, 22, 86, 34, 60, 64, 38, 78, 16, 66, 6]]),
        // A wide head over a narrow foot.
        new(8, 2, [[82, 18, 52, 0, 14, 16, 26, 40, 54, 56, 64, 82, 44, 100, 28, 84, 44, 58, 76, 40, 86, 20, 70, 8]]),
        // Two rings.
        new(8, 2, [[50, 46, 22, 34, 26, 8, 54, 0, 78, 16, 72, 38, 50, 47], [50, 47, 20, 62, 18, 90, 48, 100, 80, 90, 78, 62, 50, 47]]),
        // Narrow.
        new(8, 1, [[68, 10, 50, 0, 34, 14, 42, 38, 62, 62, 66, 88, 48, 100, 34, 86, 42, 60, 60, 38, 70, 14, 62, 4]]),
        // Left open at the top, the arm reaching out.
        new(8, 3, [[80, 8, 52, 4, 26, 20, 38, 42, 66, 64, 66, 90, 44, 100, 26, 84, 38, 60, 66, 36, 92, 14]]),

        // A straight tail.
        new(9, 4, [[74, 14, 50, 2, 24, 22, 22, 48, 46, 54, 70, 32, 76, 10, 76, 10, 74, 54, 72, 100]]),
        // A ring with a flat foot, closed well above the middle.
        new(9, 3, [[74, 8, 50, 0, 28, 16, 22, 42, 44, 52, 68, 42, 76, 10, 76, 10, 72, 54, 66, 100]]),
        // A curved tail.
        new(9, 2, [[76, 18, 50, 2, 22, 20, 24, 44, 50, 48, 74, 26, 78, 14, 78, 14, 80, 58, 62, 94, 26, 96]]),
        // A wide ring that leans to the left.
        new(9, 3, [[74, 14, 50, 4, 16, 28, 12, 52, 40, 54, 68, 30, 80, 10, 80, 10, 70, 50, 58, 100]]),
        // A wide ring drawn out to a point at the lower left, the tail short.
        new(9, 3, [[80, 10, 52, 6, 18, 32, 10, 54, 34, 58, 68, 34, 82, 10, 82, 10, 70, 54, 56, 100]]),
        // The ring and the tail in one bow.
        new(9, 3, [[80, 22, 54, 4, 24, 20, 24, 38, 50, 40, 76, 24, 80, 14, 70, 52, 50, 100]]),
        // The ring stays open at the top.
        new(9, 2, [[64, 8, 36, 8, 18, 34, 28, 54, 54, 48, 78, 6, 78, 6, 74, 54, 66, 100]]),
        // A small ring and a long slanting tail.
        new(9, 3, [[70, 10, 48, 2, 28, 18, 34, 34, 56, 32, 72, 12, 72, 12, 66, 56, 50, 100]]),
        // The tail bends as it leaves the ring.
        new(9, 2, [[72, 8, 42, 6, 24, 28, 34, 46, 60, 36, 76, 12, 76, 36, 68, 66, 62, 100]]),
    ];
}
