-- Forwards each live image to the gateway by C-STORE as soon as it is stored, a job each: only then does Orthanc know which failed
-- (SendToModality logs a failure and forgets it). What fails, because the gateway or its broker is away, is sent again every heart
-- beat (LuaHeartBeatPeriod), a hundred times at most.

local LIVE = { MR = true, CT = true, US = true, XA = true }
-- A map of uncertainty has the modality of its images; it is a result and has come from the service.
local PARAMETRIC_MAP = '1.2.840.10008.5.1.4.1.1.30'
local MOST = 100
local failures = {}

function OnStoredInstance(instanceId, tags, metadata, origin)
    local class = tags['SOPClassUID'] or metadata['SopClassUid']
    if LIVE[tags['Modality']] and class ~= PARAMETRIC_MAP then
        RestApiPost('/modalities/regstream/store', DumpJson({ Resources = { instanceId }, Synchronous = false }))
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
