namespace Gradus.Kernels.Tests.MatMul;

public class ProductSegmentsTests
{
    [Fact]
    public void Segments_cover_k_without_gap_or_overlap()
    {
        // given
        for (var k = 1; k < 5000; k++)
        {
            // when
            var segments = new ProductSegments(k);

            // then
            var next = 0;
            for (var segment = 0; segment < segments.Count; segment++)
            {
                Assert.Equal(next, segments.Start(segment));
                Assert.InRange(segments.Length(segment), 1, 320);
                next += segments.Length(segment);
            }

            Assert.Equal(k, next);
        }
    }

    [Theory]
    [InlineData(320, new[] { 320 })]
    [InlineData(321, new[] { 176, 145 })]
    [InlineData(784, new[] { 272, 272, 240 })]
    [InlineData(1024, new[] { 256, 256, 256, 256 })]
    public void Cuts_never_change(int k, int[] lengths)
    {
        // given: a cut that the bits of every saved result rest on
        var segments = new ProductSegments(k);

        // when
        var actual = Enumerable.Range(0, segments.Count).Select(segments.Length);

        // then
        Assert.Equal(lengths, actual);
    }
}
