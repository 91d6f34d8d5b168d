#:project ../../src/Gradus.Nn/Gradus.Nn.csproj

// Lesson 7: a two-layer classifier, its gradients by hand and by the engine.
//
// A sigmoid hidden layer, a softmax output, the mean cross-entropy over N samples, and λ/2·(|W₁|² + |W₂|²) if wanted. On paper:
//
//     δ₂ = (ŷ − y)/N        ∂W₂ = hᵀδ₂ + λW₂    ∂b₂ = Σδ₂
//     δ₁ = δ₂W₂ᵀ ⊙ h(1 − h)  ∂W₁ = xᵀδ₁ + λW₁    ∂b₁ = Σδ₁

using System.Globalization;
using Gradus;
using Gradus.Nn;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

const int samples = 6, inputs = 4, hiddenSize = 5, classes = 3;
var random = new Generator(seed: 7);
var x = Tensor.Randn([samples, inputs], DType.Float64, random);
var labels = Tensor.Of(0, 1, 2, 0, 1, 2);
var y = labels.Unsqueeze(1).Equal(Tensor.Arange(classes)).To(DType.Float64);   // one-hot: a 1 in the column of the class

var w1 = Tensor.Randn([inputs, hiddenSize], DType.Float64, random).RequireGrad();
var b1 = Tensor.Randn([hiddenSize], DType.Float64, random).RequireGrad();
var w2 = Tensor.Randn([hiddenSize, classes], DType.Float64, random).RequireGrad();
var b2 = Tensor.Randn([classes], DType.Float64, random).RequireGrad();

Compare(lambda: 0);
Compare(lambda: 0.01);

void Compare(double lambda)
{
    var h = (x.MatMul(w1) + b1).Sigmoid();
    var z = h.MatMul(w2) + b2;
    var loss = Losses.CrossEntropy(z, labels) + (lambda / 2 * (w1.Square().Sum() + w2.Square().Sum()));

    // By the engine.
    w1.Grad = b1.Grad = w2.Grad = b2.Grad = null;
    loss.Backward();

    // By hand; the same tensors, used as plain matrices.
    using var noGrad = new NoGrad();
    var delta2 = (z.Softmax() - y) / samples;
    var dw2 = h.Transpose().MatMul(delta2) + (lambda * w2);
    var db2 = delta2.Sum(axis: 0);
    var delta1 = delta2.MatMul(w2.Transpose()) * h * (1 - h);
    var dw1 = x.Transpose().MatMul(delta1) + (lambda * w1);
    var db1 = delta1.Sum(axis: 0);

    Console.WriteLine($"λ = {lambda}: loss {loss:F9}");
    Console.WriteLine("  largest difference between the engine and the formulas");
    Console.WriteLine($"    ∂W₂ {Difference(w2, dw2):0.0e+00}");
    Console.WriteLine($"    ∂b₂ {Difference(b2, db2):0.0e+00}");
    Console.WriteLine($"    ∂W₁ {Difference(w1, dw1):0.0e+00}");
    Console.WriteLine($"    ∂b₁ {Difference(b1, db1):0.0e+00}");
}

static Tensor Difference(Tensor parameter, Tensor byHand) => (parameter.Grad! - byHand).Abs().Max();
