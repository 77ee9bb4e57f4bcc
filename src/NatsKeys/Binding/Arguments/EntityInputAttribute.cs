using System.Management.Automation;
using System.Reflection;
using System.Runtime.ExceptionServices;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>
/// Lets an entity of the pipeline reach a parameter before the engine looks at the entity's properties. They have the names of other
/// parameters: without this, a user would take its expiry from the account that it is made for.
/// </summary>
/// <param name="argument">The type of the parameter, which has a constructor for each entity that it takes.</param>
/// <param name="others">What other parameters of the cmdlet take from the pipeline.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EntityInputAttribute(Type argument, params Type[] others) : PipelineInputAttribute
{
    protected override object? Take(object? given, object? input)
    {
        if (input is not null && Array.Exists(others, type => type.IsInstanceOfType(input)))
        {
            return given;
        }

        if (input is null or string || argument.GetConstructor([input.GetType()]) is not { } constructor)
        {
            return input is NatsEntity or NatsSigningKey
                ? throw new ArgumentTransformationMetadataException(
                    $"'{input}' is not a valid {ClaimNames.Fold(IEntityArgument.KindOf(argument))}.")
                : given;
        }

        try
        {
            return constructor.Invoke([input]);
        }
        catch (TargetInvocationException error) when (error.InnerException is not null)
        {
            ExceptionDispatchInfo.Throw(error.InnerException);
            throw;
        }
    }
}
