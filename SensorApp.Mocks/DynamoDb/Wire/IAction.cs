using System.Text.Json;
using SensorApp.Mocks.Core.Tables;
using SensorApp.Mocks.DynamoDb.Shapes;

namespace SensorApp.Mocks.DynamoDb.Wire;

/// <summary>One operation of the service. Used by many requests at once.</summary>
public interface IAction
{
    /// <summary>The operation's name in <c>X-Amz-Target</c>.</summary>
    string Name { get; }

    /// <summary>The types of the parameters; a request has been checked against them before it is performed.</summary>
    Shape Input { get; }

    /// <summary>Whether the answer is no JSON at all, which clients tell from an empty object by its checksum.</summary>
    bool AnswersNothing => false;

    /// <summary>Performs the operation; what it changed is durable when the task completes.</summary>
    /// <param name="request">The request's parameters.</param>
    /// <param name="answer">Stands inside the answer's object, whose members the operation writes.</param>
    /// <exception cref="TableException">The service's own errors.</exception>
    /// <exception cref="SerializationException">The request is not what the protocol asks for.</exception>
    Task AnswerAsync(JsonFields request, Utf8JsonWriter answer);
}
