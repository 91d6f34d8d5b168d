using Gradus.Nn;

namespace Gradus.Distributed.Tests;

public class WeightCheckTests
{
    [Fact]
    public void A_rank_whose_weights_differ_in_one_bit_is_named_with_the_parameter()
    {
        // given
        string Compare(int ranks, int faulty, long step)
        {
            try
            {
                _ = InProcessCommunicator.Run(ranks, communicator =>
                {
                    var network = new Sequential(new Linear(3, 4), new Linear(4, 2));
                    network.Initialize(1);
                    if (communicator.Rank == faulty) Flip(((Linear)network[1]).Weight);
                    new WeightCheck(communicator, network, every: 10).AfterStep(step);
                    return 0;
                });
                return "equal";
            }
            catch (AggregateException exception)
            {
                return exception.InnerExceptions[0].Message;
            }
        }

        // then
        Assert.Equal("equal", Compare(ranks: 3, faulty: -1, step: 20));
        Assert.Equal("equal", Compare(ranks: 3, faulty: 1, step: 21));
        Assert.StartsWith("after step 20 the weights differ, first those of '1.weight', of rank 1 from all others.", Compare(ranks: 3, faulty: 1, step: 20));
        Assert.StartsWith("after step 20 the weights differ, first those of '1.weight', of rank 0, 1.", Compare(ranks: 2, faulty: 1, step: 20));
    }

    private static void Flip(Parameter parameter)
    {
        var values = parameter.Value.ToArray<float>();
        values[5] = BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(values[5]) ^ 1);
        using var noGrad = new NoGrad();
        parameter.Value.CopyFrom(Tensor.From(values, parameter.Shape));
    }
}
