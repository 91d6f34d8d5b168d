using Gradus.Testing;

namespace Gradus.Tests;

/// <summary>A process that may have little memory.</summary>
public class HeapLimitTests
{
    private const long Limit = 256L << 20;

    [Fact]
    public void Under_a_limit_of_the_heap_dropped_tensors_make_room_for_new_ones() =>
        ChildProcess.Run($"{typeof(HeapLimitTests).FullName}.{nameof(A_child_drops_large_tensors)}", new() { ["DOTNET_GCHeapHardLimit"] = $"{Limit:X}" });

    [Fact]
    public void A_child_drops_large_tensors()
    {
        if (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes > Limit) return;

        // given, when: 60 tensors of 1 to 120 MB, each dropped before the next is made
        var refused = Enumerable.Range(0, 60).Count(static index =>
        {
            try
            {
                return Tensor.Zeros([(1 + (index * 37 % 120)) << 18]).Count == 0;
            }
            catch (GradusException)
            {
                return true;
            }
        });

        // then
        Assert.Equal(0, refused);
    }
}
