using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>
/// Binds an entity from the pipeline to a parameter before PowerShell binds its properties, which have the names of other parameters. Without this, a
/// new user would get the expiry of its account.
/// </summary>
/// <param name="argument">The type of the parameter, which has a constructor for each type of entity that it accepts.</param>
/// <param name="others">The types that other parameters of the cmdlet accept from the pipeline.</param>
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
            return input is NatsEntity or NatsSigningKey or AccountItem
                ? throw Misfit.NotOfKind(input, IEntityArgument.KindOf(argument))
                : given;
        }

        return IEntityArgument.Construct(constructor, input);
    }
}
