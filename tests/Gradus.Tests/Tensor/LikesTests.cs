namespace Gradus.Tests;

public class LikesTests
{
    [Fact]
    public void What_is_made_like_another_has_its_shape_and_type_unless_another_is_asked_for()
    {
        // given
        var x = Tensor.Zeros([2, 3], DType.Float64).Transpose();

        // when
        Tensor[] made =
        [
            Tensor.ZerosLike(x), Tensor.OnesLike(x), Tensor.FullLike(x, 2.5), Tensor.RandLike(x), Tensor.RandnLike(x), Tensor.RandIntLike(x, 3, 5),
        ];

        // then
        Assert.All(made, like => Assert.Equal((x.Shape, DType.Float64), (like.Shape, like.DType)));
        Assert.Equal([0, 1, 2.5], made[..3].Select(static like => like[0, 0].Item<double>()));
        Assert.All(made[3].ToArray<double>(), static number => Assert.InRange(number, 0, 1));
        Assert.All(made[5].ToArray<double>(), static number => Assert.True(number is 3 or 4));
        Assert.Equal(9007199254740993, Tensor.FullLike(x, 9007199254740993, DType.Int64)[0, 0].Item<long>());
        Assert.True(Tensor.Of(9007199254740993L).Greater(9007199254740992).Item<bool>());
        Assert.Equal(DType.Int32, Tensor.OnesLike(x, DType.Int32).DType);
        Assert.Equal(
            Tensor.Randn([3, 2], DType.Float64, new Generator(4)).ToArray<double>(),
            Tensor.RandnLike(x, generator: new Generator(4)).ToArray<double>());
    }

    [Fact]
    public void Whether_a_gradient_can_reach_a_tensor_can_be_read()
    {
        // given
        var x = Tensor.Ones([2]);

        // when
        var before = x.RequiresGrad;
        x.RequireGrad();

        // then
        Assert.False(before);
        Assert.True(x.RequiresGrad);
        Assert.True((x * 2).RequiresGrad);
        Assert.False(x.Detach().RequiresGrad);
        using var noGrad = new NoGrad();
        Assert.False((x * 2).RequiresGrad);
    }

    [Fact]
    public void The_operators_have_names()
    {
        // given
        Tensor x = Tensor.Of(1f, 2, 3), y = Tensor.Of(3f, 2, 1);

        // when
        Tensor[] named =
        [
            x.Add(y), x.Add(2), x.Subtract(y), x.Subtract(2), x.Multiply(y), x.Multiply(2), x.Divide(y), x.Divide(2), x.Negate(),
            x.Less(y), x.Less(2), x.LessOrEqual(y), x.LessOrEqual(2), x.Greater(y), x.Greater(2), x.GreaterOrEqual(y), x.GreaterOrEqual(2),
        ];

        // then
        Tensor[] written = [x + y, x + 2, x - y, x - 2, x * y, x * 2, x / y, x / 2, -x, x < y, x < 2, x <= y, x <= 2, x > y, x > 2, x >= y, x >= 2];
        foreach (var (one, other) in named.Zip(written)) Assert.Equal(other.To(DType.Float64).ToArray<double>(), one.To(DType.Float64).ToArray<double>());
    }

    [Fact]
    public void A_distance_of_0_has_gradient_0_and_a_vector_of_zeros_stays()
    {
        // given
        var x = Tensor.Of([[1f, 2], [1, 2]]).RequireGrad();

        // when
        var distances = x.Cdist(x);
        distances.Sum().Backward();
        var direction = Tensor.Zeros([2]).Normalize();

        // then
        Assert.Equal([0, 0, 0, 0], distances.ToArray<float>());
        Assert.Equal([0, 0, 0, 0], x.Grad!.ToArray<float>());
        Assert.Equal([0, 0], direction.ToArray<float>());
    }
}
