-- Forwards each live image as soon as it is stored, a job each. What fails, because the receiver or its broker is away, is sent again
-- every heart beat (LuaHeartBeatPeriod), a hundred times at most. Where to is said by the script loaded beside this one.

local LIVE = { MR = true, CT = true }
-- A map of uncertainty has the modality of its images; it is a result and has come from the service.
local PARAMETRIC_MAP = '1.2.840.10008.5.1.4.1.1.30'
local MOST = 100
local failures = {}

function OnStoredInstance(instanceId, tags, metadata, origin)
    local class = tags['SOPClassUID'] or metadata['SopClassUid']
    if LIVE[tags['Modality']] and class ~= PARAMETRIC_MAP then
        Forward(DumpJson({ Resources = { instanceId }, Synchronous = false }))
    end
end

function OnJobFailure(jobId)
    failures[jobId] = (failures[jobId] or 0) + 1
end

function OnJobSuccess(jobId)
    failures[jobId] = nil
end

function OnHeartBeat()
    for jobId, count in pairs(failures) do
        if count > MOST then
            print('regstream: job ' .. jobId .. ' failed ' .. count .. ' times and is given up')
            failures[jobId] = nil
        else
            RestApiPost('/jobs/' .. jobId .. '/resubmit', '')
        end
    end
end
