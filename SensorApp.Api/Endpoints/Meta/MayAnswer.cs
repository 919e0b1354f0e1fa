namespace SensorApp.Api.Endpoints.Meta;

/// <summary>Marks a route with the codes of the problem details that it may answer with, beside those that any route may.</summary>
public sealed record MayAnswer(params string[] Codes);

/// <summary>Marks routes and groups.</summary>
public static class MayAnswerExtensions
{
    public static TBuilder MayAnswer<TBuilder>(this TBuilder builder, params string[] codes)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new MayAnswer(codes));
}
