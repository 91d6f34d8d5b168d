namespace Gradus.Graphs.Tests;

/// <summary>Expressions of the kinds that are drawn and explained, each with values.</summary>
internal static class Sample
{
    private static readonly Dictionary<string, (string Text, string At)> All = new()
    {
        ["apples"] = ("price = (apple*apple_num + orange*orange_num)*tax", "apple=100,apple_num=2,orange=150,orange_num=3,tax=1.1"),
        ["square of a sum"] = ("(x+y)**2", "x=3,y=4"),
        ["variable alone"] = ("x", "x=3"),
        ["several paths"] = ("u = x**2; v = 3*x; z = u*v + sin(u)", "x=2"),
        ["value used twice"] = ("y = x*x + x", "x=-1.5"),
        ["neuron"] = ("a = sigmoid(w1*x1 + w2*x2 + b); loss = -(t*log(a) + (1-t)*log(1-a))", "w1=.4,w2=-.3,x1=1,x2=2,b=.1,t=1"),
        ["two heads"] = ("h = tanh(w*x); price = h*2; risk = h**2 - x", "w=.5,x=1"),
        ["long names"] = ("the_result_of_it_all = first_quantity_of_interest * second_quantity_of_interest + a_bias_with_a_name",
            "first_quantity_of_interest=12345.678,second_quantity_of_interest=-0.000123456,a_bias_with_a_name=1"),
        ["many inputs"] = ("y = sum([a, b, c, d, e, f, g, h] * [1, 2, 3, 4, 5, 6, 7, 8])", "a=1,b=2,c=3,d=4,e=5,f=6,g=7,h=8"),
        ["softmax by hand"] = ("ea = exp(a); eb = exp(b); ec = exp(c); s = ea + eb + ec; pa = ea/s; loss = -log(pa)", "a=1,b=2,c=-1"),
        ["network 2-2-1"] = ("h1 = tanh(w11*x1 + w12*x2 + b1); h2 = tanh(w21*x1 + w22*x2 + b2); y = v1*h1 + v2*h2 + c; loss = (y - t)**2 / 2",
            "w11=.1,w12=.2,w21=.3,w22=.4,b1=.1,b2=-.1,v1=.5,v2=.6,c=.05,x1=1,x2=-2,t=.7"),
        ["LSTM cell"] = ("f = sigmoid(wf*x + uf*h + bf); i = sigmoid(wi*x + ui*h + bi); o = sigmoid(wo*x + uo*h + bo); g = tanh(wg*x + ug*h + bg); " +
            "c1 = f*c + i*g; h1 = o*tanh(c1)",
            "x=1,h=.5,c=-.2,wf=.1,uf=.2,bf=.3,wi=.4,ui=.5,bi=.6,wo=.7,uo=.8,bo=.9,wg=-.1,ug=-.2,bg=-.3"),
        ["GRU cell"] = ("z = sigmoid(wz*x + uz*h); r = sigmoid(wr*x + ur*h); n = tanh(wn*x + un*(r*h)); h1 = (1-z)*n + z*h",
            "x=1,h=.5,wz=.1,uz=.2,wr=.3,ur=.4,wn=.5,un=.6"),
        ["attention block"] = ("q = x@wq; k = x@wk; v = x@wv; a = softmax(q@transpose(k)/sqrt(2)); y = a@v@wo + x; loss = mean(y**2)",
            "x=[[1,2],[3,4],[0,1]],wq=[[1,0],[0,1]],wk=[[1,.5],[0,1]],wv=[[1,2],[0,1]],wo=[[.1,.2],[.3,.4]]"),
        ["residual block"] = ("h = relu(x@w1 + b1); y = h@w2 + b2 + x; m = mean(y); s = sqrt(mean((y-m)**2) + 1e-5); out = sum((y-m)/s*g)",
            "x=[[1,-2]],w1=[[1,2,3],[4,5,6]],b1=[1,1,1],w2=[[1,0],[0,1],[1,1]],b2=[0,0],g=[1,2]"),
        ["unrolled recurrence"] = ("h1 = tanh(w*x1 + u*h0); h2 = tanh(w*x2 + u*h1); h3 = tanh(w*x3 + u*h2); h4 = tanh(w*x4 + u*h3); loss = (h4-t)**2",
            "w=.5,u=.8,h0=.1,x1=1,x2=2,x3=-1,x4=.5,t=1"),
        ["polynomial"] = ("y = a*x**4 + b*x**3 + c*x**2 + d*x + e", "a=1,b=-2,c=3,d=-4,e=5,x=1.7"),
        ["fully connected"] = ("a1=x+y;a2=x-y;a3=x*y; b1=a1*a2+a3; b2=a2*a3-a1; b3=a1*a3+a2; c1=b1*b2+b3; c2=b2*b3-b1; c3=b1/b3; z=c1+c2*c3", "x=1.2,y=.7"),
        ["matrix product"] = ("y = [[1,2],[3,4]] @ x; loss = sum(y*y)", "x=[1,-1]"),
        ["separate parts"] = ("y = exp(a)*2; z = log(b) + b", "a=1,b=2"),
        ["skip over layers"] = ("a=sin(x); b=cos(a); c=tanh(b); d=exp(c); y = d*x + a*d + b", "x=.3"),
        ["extremes"] = ("y = max(a, b, c) - min(a, b) + abs(a - c)", "a=1,b=2,c=3"),
        ["unknown symbols"] = ("y = logsumexp([a, b]) + softplus(a) - gelu(b) * silu(a)", "a=1,b=2"),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    /// <summary>Those of single numbers, for whose paths numbers are multiplied, and two of tensors.</summary>
    public static TheoryData<string> Explained =>
        [
            "apples", "several paths", "value used twice", "neuron", "two heads", "softmax by hand", "network 2-2-1", "LSTM cell", "unrolled recurrence",
            "fully connected", "attention block", "residual block",
        ];

    public static GraphModel Graph(string name) => Evaluate(All[name].Text, All[name].At);

    public static GraphModel Evaluate(string text, string at = "", string? heads = null) =>
        Expression.Parse(text)
            .Evaluate(at.Length == 0 ? new Dictionary<string, Tensor>() : Expression.ParseValues(at), heads is null ? null : Expression.ParseValues(heads));

    public static double Value(this GraphModel graph, string name) => graph[name].Value!.Item();

    public static double Gradient(this GraphModel graph, string name) => graph[name].Gradient!.Item();
}
